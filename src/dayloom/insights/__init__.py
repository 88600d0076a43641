"""What the records tell: planned against worked, estimates, focus, room, promises, models."""
