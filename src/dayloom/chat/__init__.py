"""Conversation: words in, a reply and typed commands out, run through the same services."""
