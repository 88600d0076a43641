"""The history of the tables: one revision a change, run at the start by `infra.migrate`."""
