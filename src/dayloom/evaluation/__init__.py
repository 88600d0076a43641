"""How well words are understood, by rules and by models, told in numbers that need no judge."""
