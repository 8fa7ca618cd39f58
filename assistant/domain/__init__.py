"""The vocabulary: frozen types of the form, its values, scores and findings. No behaviour that needs more than the standard library and pydantic."""
