"""The open case: edits, undo, and what follows from it. Pure: no disk, no clock, no screen."""
