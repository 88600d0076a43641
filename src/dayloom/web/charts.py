"""The kinds of charts. One template draws them all, as SVG in the colours of the theme."""

from collections.abc import Iterable, Sequence

from dayloom.web.shapes import (
    NARROW,
    OF_MINUTES,
    ROUND,
    WIDE,
    Axis,
    Box,
    Chart,
    Column,
    Dot,
    Label,
    Say,
    Stroke,
    Table,
    grid,
    ground,
)


def bars(columns: Sequence[Column], *, label: str, table: Table, say: Say) -> Chart:
    """Return columns of bars that stand side by side."""
    axis = Axis.over((value for column in columns for _, value, _ in column.parts), OF_MINUTES)
    strokes, labels = grid(WIDE, axis, say)
    return Chart(
        label=label,
        table=table,
        frame=WIDE,
        boxes=tuple(box for n in range(len(columns)) for box in _beside(columns, n, axis)),
        strokes=strokes,
        labels=(*labels, *ground(WIDE, [column.label for column in columns])),
    )


def stacks(columns: Sequence[Column], *, label: str, table: Table, say: Say) -> Chart:
    """Return columns whose first part is a frame, in which the others stand on one another."""
    tops = (
        max(column.parts[0][1], sum(value for _, value, _ in column.parts[1:]))
        for column in columns
    )
    axis = Axis.over(tops, OF_MINUTES)
    strokes, labels = grid(WIDE, axis, say)
    return Chart(
        label=label,
        table=table,
        frame=WIDE,
        boxes=tuple(box for n in range(len(columns)) for box in _stacked(columns, n, axis)),
        strokes=strokes,
        labels=(*labels, *ground(WIDE, [column.label for column in columns])),
    )


def _beside(columns: Sequence[Column], n: int, axis: Axis) -> Iterable[Box]:
    parts = columns[n].parts
    place, thin = 1 / len(columns), 0.62 / len(columns) / 2
    for k, (style, value, title) in enumerate(parts):
        start = (n + 0.5) * place + (k - 1) * thin * 1.12
        yield _box((start, start + thin), (0, axis.share(value)), style=style, title=title)


def _stacked(columns: Sequence[Column], n: int, axis: Axis) -> Iterable[Box]:
    place = 1 / len(columns)
    span = ((n + 0.14) * place, (n + 0.86) * place)
    (style, whole, title), *rest = columns[n].parts
    yield _box(span, (0, axis.share(whole)), style=style, title=title)
    below = 0.0
    for style, value, title in rest:
        yield _box(span, (axis.share(below), axis.share(below + value)), style=style, title=title)
        below += value


def _box(across: tuple[float, float], up: tuple[float, float], *, style: str, title: str) -> Box:
    x, y = WIDE.x(across[0]), WIDE.y(up[1])
    width, height = WIDE.x(across[1]) - x, WIDE.y(up[0]) - y
    return Box(x=x, y=y, width=round(width, 1), height=round(height, 1), style=style, title=title)


def heat(
    rows: Sequence[tuple[str, Sequence[tuple[float, str]]]],
    names: Sequence[str],
    *,
    label: str,
    table: Table,
) -> Chart:
    """Return rows of cells, each as strong as its share of the most, with what it says."""
    most = max((value for _, cells in rows for value, _ in cells), default=0) or 1
    tall, wide = 1 / len(rows), 1 / len(names)
    boxes = (
        Box(
            x=WIDE.x(column * wide) + 1.5,
            y=WIDE.y(1 - row * tall) + 1.5,
            width=round(WIDE.x(wide) - WIDE.x(0) - 3, 1),
            height=round(WIDE.y(0) - WIDE.y(tall) - 3, 1),
            style="in",
            opacity=round(0.06 + 0.94 * value / most, 2),
            title=title,
        )
        for row, (_, cells) in enumerate(rows)
        for column, (value, title) in enumerate(cells)
    )
    sides = (
        Label(x=0, y=WIDE.y(1 - (row + 0.5) * tall) + 4, text=name, anchor="start")
        for row, (name, _) in enumerate(rows)
    )
    return Chart(
        label=label,
        table=table,
        frame=WIDE,
        boxes=tuple(boxes),
        labels=(*sides, *ground(WIDE, names)),
    )


def scatter(
    dots: Sequence[tuple[float, float, str]], factor: float | None, *, label: str, table: Table
) -> Chart:
    """Return dots over two equal scales, the line on which both agree, and the fitted one."""
    axis = Axis.over((value for x, y, _ in dots for value in (x, y)), OF_MINUTES)
    strokes, labels = grid(NARROW, axis, _plain)
    lines = [Stroke(points=NARROW.points([(0, 0), (1, 1)]), style="same")]
    if factor:
        end = min(1, 1 / factor)
        fitted = NARROW.points([(0, 0), (end, end * factor)])
        lines.append(Stroke(points=fitted, style="fit"))
    below = (
        Label(x=NARROW.x(axis.share(tick)), y=NARROW.height - 6, text=_plain(tick))
        for tick in axis.ticks[1:-1]
    )
    return Chart(
        label=label,
        table=table,
        frame=NARROW,
        strokes=(*strokes, *lines),
        dots=tuple(
            Dot(x=NARROW.x(axis.share(x)), y=NARROW.y(axis.share(y)), title=title)
            for x, y, title in dots
        ),
        labels=(*labels, *below),
    )


def curves(
    lines: Sequence[tuple[str, Sequence[float | None]]],
    names: Sequence[str],
    *,
    label: str,
    table: Table,
    say: Say,
) -> Chart:
    """Return lines over the same places; where a value is unknown, a line goes straight on."""
    axis = Axis.over(
        (value for _, values in lines for value in values if value is not None), ROUND
    )
    strokes, labels = grid(NARROW, axis, say)
    drawn = (
        Stroke(
            points=NARROW.points(
                ((n + 0.5) / len(values), axis.share(value))
                for n, value in enumerate(values)
                if value is not None
            ),
            style=style,
        )
        for style, values in lines
    )
    return Chart(
        label=label,
        table=table,
        frame=NARROW,
        strokes=(*strokes, *drawn),
        labels=(*labels, *ground(NARROW, names)),
    )


def _plain(value: float) -> str:
    return f"{value:g}"
