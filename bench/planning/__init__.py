"""How good and how fast the planning engine is, over sizes of the same kind of life."""
