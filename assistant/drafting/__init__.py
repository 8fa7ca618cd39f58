"""Facts to words: templates, an optional language model, and the verifier of both."""
