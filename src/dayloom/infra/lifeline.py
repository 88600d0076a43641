"""Ends a child process with its parent, also where the parent cannot say goodbye."""

import os
import sys
from collections.abc import Callable
from threading import Thread


def when_parent_dies(act: Callable[[], object]) -> None:
    """Call `act`, from another thread, when the pipe from the parent to our input breaks."""
    Thread(target=_wait, args=(act,), daemon=True).start()


def _wait(act: Callable[[], object]) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        continue
    act()
