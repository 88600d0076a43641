"""The tables of the planning measurements."""

from collections.abc import Callable, Sequence

from bench.planning.measure import Row

Column = tuple[str, Callable[[Row], str]]

KEY = """Seconds are of one thread of one process. % are above the best cost found in the same run.
`edf` is plain earliest deadline first, `first` the instant plan; then searches of these lengths;
`to 1 %` is the first of them within 1 % of the best. `app` is the whole planner with the app's
own budget, proofs included. `gap` is how far the lower bound lies below the best cost.
"""
WIDTH = 7
SIZE: tuple[Column, ...] = (
    ("tasks", lambda row: str(row.life.tasks)),
    ("events", lambda row: str(row.life.events)),
)


def plans(rows: Sequence[Row]) -> list[str]:
    """Return the table of new plans."""
    lengths = [seconds for seconds, _ in rows[0].found if seconds in (0.2, 1.0, 5.0)]
    return _table(
        rows,
        (
            *SIZE,
            ("edf", lambda row: _above(row.edf)),
            ("first", lambda row: _above(row.first_ratio)),
            ("first ms", lambda row: f"{1000 * row.first:.0f}"),
            *(_after(seconds) for seconds in dict.fromkeys(lengths)),
            ("to 1 %", lambda row: f"{row.close:.1f} s" if row.close is not None else "longer"),
            ("app", lambda row: _above(row.whole_ratio)),
            ("app s", lambda row: f"{row.whole:.1f}"),
            ("unplaced", lambda row: str(row.unplaced)),
            ("gap", lambda row: f"{row.gap:.0%}"),
            ("moves/s", lambda row: f"{row.moves_per_second:,}"),
            ("MB", lambda row: str(row.memory)),
        ),
    )


def replans(rows: Sequence[Row]) -> list[str]:
    """Return the table of one task more in a plan that was seen."""
    return [
        "One task more in a plan that was seen: its provisional place, the plan mended around it,",
        "and the whole planner as the app calls it, which may move others (`moved` of them).",
        "",
        *_table(
            rows,
            (
                *SIZE,
                ("place ms", lambda row: f"{1000 * row.change.insert:.1f}"),
                ("mend ms", lambda row: f"{1000 * row.change.repair:.0f}"),
                ("app ms", lambda row: f"{1000 * row.change.replan:.0f}"),
                ("moved", lambda row: str(row.change.moved)),
            ),
        ),
    ]


def _after(seconds: float) -> Column:
    """Return the column of the first search of this length."""
    return f"{seconds:g} s", lambda row: _above(dict(reversed(row.found))[seconds])


def _above(ratio: float) -> str:
    return f"{100 * (ratio - 1):.1f} %" if ratio < 2 else f"{100 * (ratio - 1):.0f} %"


def _table(rows: Sequence[Row], columns: Sequence[Column]) -> list[str]:
    """Return the lines of a table with columns of fixed width."""
    widths = [max(WIDTH, len(name)) for name, _ in columns]
    head = [name.rjust(width) for (name, _), width in zip(columns, widths, strict=True)]
    lines = [_line(head), _line(["-" * (width - 1) + ":" for width in widths])]
    for row in rows:
        cells = [text(row).rjust(w) for (_, text), w in zip(columns, widths, strict=True)]
        lines.append(_line(cells))
    return lines


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
