"""The pages of the walk; each draws a snapshot and knows its own fields."""
