"""Reading what a person says of themselves."""
