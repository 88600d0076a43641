"""Taking back what the person has changed, wherever they changed it."""
