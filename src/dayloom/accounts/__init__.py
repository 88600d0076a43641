"""Accounts: whose data a row is, and what a change of that data sets in motion."""
