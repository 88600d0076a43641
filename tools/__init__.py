"""Commands for those who work on Dayloom."""
