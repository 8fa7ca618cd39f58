"""Case and points to findings."""
