"""Documents to cases and back; bytes only."""
