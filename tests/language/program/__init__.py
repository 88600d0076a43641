"""The door to language models, against a real server."""
