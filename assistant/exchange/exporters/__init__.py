"""One document format each; found by ``exchange.exporter``."""
