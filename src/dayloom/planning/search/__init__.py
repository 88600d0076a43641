"""Local search: ruin and recreate, compiled where numba is there, the same source where not."""
