"""`python -m bench`: every measurement, with its baselines in the same run.

Prints the tables and writes them into `bench/RESULTS.md`. `python -m bench pages` measures one
part and leaves the other tables as they stand.
"""

import io
import platform
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from bench import (
    create_task,
    disturbance,
    feasible_weeks,
    model_calls,
    model_faults,
    overloads,
    pages,
    pricing,
    quick_add,
)
from bench.planning import __main__ as planning

RESULTS = Path(__file__).parent / "RESULTS.md"
PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "create_task": ("Typing a task", create_task.main),
    "model_faults": ("Typing while the model fails", model_faults.main),
    "pages": ("Pages", pages.main),
    "quick_add": ("Reading a line", quick_add.main),
    "pricing": ("The price of a place, and the truth about a line", pricing.main),
    "model_calls": ("Calls of a model", model_calls.main),
    "feasible_weeks": ("Weeks that are feasible by construction", feasible_weeks.main),
    "disturbance": ("What one change disturbs", disturbance.main),
    "overloads": ("Why not at all", overloads.main),
    "planning": ("Plans", planning.main),
}


def main() -> None:
    parser = ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="*", type=_part, help=f"of {', '.join(PARTS)}; default: all")
    tables = _written()
    for name in parser.parse_args().part or PARTS:
        title, part = PARTS[name]
        print(f"\n## {title}\n", flush=True)
        said = io.StringIO()
        with redirect_stdout(_Both(said)):
            part()
        tables[title] = said.getvalue().strip()
        _write(tables)


def _part(name: str) -> str:
    if name not in PARTS:
        raise ArgumentTypeError(f"There is no part “{name}”. Choose from {', '.join(PARTS)}.")
    return name


def _written() -> dict[str, str]:
    """Return the tables that stand in the file, by title."""
    sections = RESULTS.read_text(encoding="utf-8").split("\n## ")[1:]
    return {title: table.strip() for title, _, table in (one.partition("\n") for one in sections)}


def _write(tables: dict[str, str]) -> None:
    lines = [
        "# Results",
        "",
        "Printed by `make bench`. Machines differ and are noisy: read the ratios.",
        f"Python {platform.python_version()}, {platform.machine()}.",
    ]
    for title, _ in PARTS.values():
        if title in tables:
            lines += ["", f"## {title}", "", tables[title]]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


class _Both(io.TextIOBase):
    """Writes to the screen and keeps a copy."""

    def __init__(self, copy: io.StringIO) -> None:
        self._screen, self._copy = sys.stdout, copy

    def write(self, text: str) -> int:
        self._copy.write(text)
        return self._screen.write(text)

    def flush(self) -> None:
        self._screen.flush()


if __name__ == "__main__":
    main()
