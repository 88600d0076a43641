"""Machinery that every domain stands on; it knows nothing of tasks, plans or calendars."""
