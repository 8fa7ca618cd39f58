"""Fuzzing of everything that reads what others wrote: ``python -m tests.fuzz.run --inputs 200000``."""
