"""Plain orders of a conversation, read without a model: "Start task 5", "What is next?"."""
