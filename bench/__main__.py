"""`python -m bench`: every measurement, with its baselines in the same run.

Prints the tables and writes them into `bench/RESULTS.md`.
"""

import io
import platform
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from bench import (
    create_task,
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
PARTS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("Typing a task", create_task.main),
    ("Typing while the model fails", model_faults.main),
    ("Pages", pages.main),
    ("Reading a line", quick_add.main),
    ("The price of a place, and the truth about a line", pricing.main),
    ("Calls of a model", model_calls.main),
    ("Weeks that are feasible by construction", feasible_weeks.main),
    ("Why not at all", overloads.main),
    ("Plans", planning.main),
)


def main() -> None:
    lines = [
        "# Results",
        "",
        "Printed by `make bench`. Machines differ and are noisy: read the ratios.",
        f"Python {platform.python_version()}, {platform.machine()}.",
    ]
    for title, part in PARTS:
        print(f"\n## {title}\n", flush=True)
        said = io.StringIO()
        with redirect_stdout(_Both(said)):
            part()
        lines += ["", f"## {title}", "", said.getvalue().rstrip()]
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
