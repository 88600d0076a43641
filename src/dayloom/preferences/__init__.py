"""Preferences: when a person works, how tight a day may be, and who decides on changes."""
