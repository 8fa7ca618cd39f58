"""A whole season's forms at once: judged side by side, summed up, compared with each other."""
