"""A process that asks for work on the keys that it reads: `python -m tests.infra.asker FILE`."""

import sys
from functools import partial
from pathlib import Path

from dayloom.infra.clock import SystemClock
from dayloom.infra.work import request
from tests.infra.effects import open_database


def main(file: Path) -> None:
    db = open_database(file)
    print("ready", flush=True)
    for line in sys.stdin:
        db.write_now(partial(request, kind="plan", key=line.strip(), now=SystemClock().now()))
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
