"""Locks that the operating system lets go of when their holder dies, however it dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Be the only one of all processes inside; wait for the others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class SignOfLife:
    """A locked file that tells other processes of this machine that its maker is alive."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        # Locked before it gets its name: under that name nobody ever finds it unlocked.
        unnamed = path.with_name(f".{path.name}")
        self._file = unnamed.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        unnamed.rename(path)

    def end(self) -> None:
        """Leave no trace."""
        self._path.unlink(missing_ok=True)
        self._file.close()


def dead_signs(folder: Path) -> list[Path]:
    """Return the signs of life in `folder` whose makers are gone."""
    return [sign for sign in sorted(folder.glob("[!.]*")) if _is_dead(sign)]


def _is_dead(sign: Path) -> bool:
    try:
        with sign.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (FileNotFoundError, BlockingIOError):
        return False
    return True


def signs_of_life(folder: Path) -> int:
    """Return how many makers of signs in `folder` are alive."""
    signs = set(folder.glob("[!.]*"))
    return len(signs - set(dead_signs(folder)))
