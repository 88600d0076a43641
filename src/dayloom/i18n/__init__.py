"""The words for a person in their language: messages, dates and numbers, and who reads which."""
