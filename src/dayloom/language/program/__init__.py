"""Questions to a language model, typed on both sides; `door` is the only user of DSPy.

What to import: the questions and answers, the endpoint, and what becomes of a call. None of
these loads DSPy, so that web processes know them too; `door`, `engine` and `signatures` do, and
live in the worker.
"""

import os
import secrets
import tempfile
from pathlib import Path

# Read by DSPy when it is imported, which only modules of this package do: it asks nobody on the
# internet for prices, and the cache that is switched off has a folder that is never made.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "true"
os.environ["DSPY_CACHEDIR"] = str(Path(tempfile.gettempdir(), f"dspy-{secrets.token_hex(8)}"))
