"""The JSON in which everything enters and leaves: one shape for REST and the command line."""
