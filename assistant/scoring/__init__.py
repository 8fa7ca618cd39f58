"""Case to points, each with its working."""
