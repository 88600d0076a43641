"""Sentences of the context, read without a model: "No meetings before 10", "Gym twice a week"."""
