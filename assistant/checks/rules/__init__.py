"""The catalogue of checks, one module an area; found by scanning, not registered."""
