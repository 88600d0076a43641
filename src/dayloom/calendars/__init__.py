"""Calendars: events that a person has elsewhere, read under guards and never lost by an error."""
