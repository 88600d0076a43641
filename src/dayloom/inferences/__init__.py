"""Whom an account asks for answers, every question it asked, and what that cost."""
