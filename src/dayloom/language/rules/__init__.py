"""The deterministic reader: a tokenizer and one file of named rules for each capability."""
