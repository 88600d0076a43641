"""The other side of `process_pool`: `python -m dayloom.infra.process_child`."""

import os
import pickle
import signal
import sys
import traceback
from pkgutil import resolve_name
from queue import SimpleQueue
from struct import Struct
from threading import Thread
from typing import BinaryIO

LENGTH = Struct("!Q")
NICENESS = 10


def main() -> None:
    """Answer calls, one after the other, until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
    os.nice(NICENESS)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the called code prints must not end up between the answers
    calls: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_receive, args=(sys.stdin.buffer, calls), daemon=True).start()
    while True:
        answer = _answer(calls.get())
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _receive(stream: BinaryIO, calls: SimpleQueue[bytes]) -> None:
    """Pass calls on; when the parent dies, however it dies, end in the middle of the work."""
    while header := stream.read(LENGTH.size):
        calls.put(stream.read(*LENGTH.unpack(header)))
    os._exit(0)


def _answer(call: bytes) -> bytes:
    try:
        name, args = pickle.loads(call)
        return pickle.dumps((True, resolve_name(name)(*args)))
    except Exception as error:  # noqa: BLE001 — raised again in the parent
        return _failure(error)


def _failure(error: Exception) -> bytes:
    error.add_note("In the child process:\n" + "".join(traceback.format_exception(error)))
    try:
        answer = pickle.dumps((False, error))
        pickle.loads(answer)
    except Exception:  # noqa: BLE001 — any error may come out of the pickling of any error
        return pickle.dumps((False, RuntimeError("\n".join(error.__notes__))))
    return answer


if __name__ == "__main__":
    main()
