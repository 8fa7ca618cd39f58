"""The disk: case files, recovery, settings."""
