"""Tasks: what a person wants done, how the parts depend, and when they worked on it."""
