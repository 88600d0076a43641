"""What the person has changed, noted beside the change itself, so that it can be taken back."""
