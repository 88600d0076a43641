"""Numbers of tasks, calendars and proposals, as people type them: 7 or #7."""

import re
from collections.abc import Callable

from typer import BadParameter

from dayloom.wire.scalars import LARGEST_ID


def number_of(thing: str) -> Callable[[str], int]:
    """Return what reads the number of a thing, and says where it is none."""

    def read(value: str) -> int:
        digits = str(value).removeprefix("#")
        if not re.fullmatch(r"[0-9]{1,19}", digits) or not 1 <= int(digits) <= LARGEST_ID:
            raise BadParameter(f"“{value}” is no number of a {thing}.")
        return int(digits)

    return read
