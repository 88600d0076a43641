"""Questions to a language model, typed on both sides; `door` is the only user of DSPy.

What to import: the questions and answers, the endpoint, and what becomes of a call. None of
these loads DSPy, so that web processes know them too; `door`, `engine` and `signatures` do, and
live in the worker.
"""
