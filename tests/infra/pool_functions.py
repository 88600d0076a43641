"""What the children of the pool's tests run."""

import os
import signal
import time
from pathlib import Path


class Unpicklable(Exception):
    """An error that cannot be rebuilt from its arguments."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


def warm_up() -> None:
    os.environ["WARM"] = "yes"


def fail_to_warm_up() -> None:
    raise LookupError("cold")


def report(text: str) -> tuple[str, int, int, str | None]:
    print("noise on standard output")
    return text, os.getpid(), os.nice(0), os.environ.get("WARM")


def pid() -> int:
    return os.getpid()


def length(blob: bytes) -> bytes:
    return blob * 2


def fail() -> None:
    raise LookupError("in the child")


def fail_strangely() -> None:
    raise Unpicklable("in ", "two parts")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(sign: Path | None = None) -> None:
    if sign is not None:
        sign.write_text(str(os.getpid()))
    while True:
        time.sleep(60)
