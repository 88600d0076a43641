"""A child for the tests of supervision: it notes its id and waits to be told to end."""

import os
import signal
from pathlib import Path
from threading import Event

from dayloom.infra.lifeline import when_parent_dies

if __name__ == "__main__":
    told = Event()
    if "STUBBORN" in os.environ:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    when_parent_dies(told.set)
    with Path(os.environ["DIARY"]).open("a") as diary:
        diary.write(f"{os.getpid()}\n")
    told.wait()
