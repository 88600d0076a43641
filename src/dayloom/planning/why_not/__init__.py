"""Why a task has no place, or a late one: the fewest things that forbid it, and what helps."""
