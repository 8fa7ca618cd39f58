"""One document format each; found by ``exchange.read``."""
