"""Cell text to value: what real offices write, understood or openly not understood."""
