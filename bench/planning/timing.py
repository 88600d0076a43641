"""Time of this process alone, which others on the machine hardly disturb."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return the result and the seconds of this process alone."""
    gc.collect()
    start = time.process_time()
    result = work()
    return result, time.process_time() - start
