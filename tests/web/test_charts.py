"""Charts stay on their sheet, and say the same in figures."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayloom.web.charts import bars, curves, heat, scatter, stacks
from dayloom.web.shapes import OF_MINUTES, ROUND, Axis, Chart, Column, Table

TABLE = Table(caption="Figures", head=("Day",), rows=())
AMOUNT = st.floats(0, 100_000, allow_nan=False)


def say(value: float) -> str:
    return f"{value:g}"


def stays_on_its_sheet(chart: Chart) -> bool:
    width, height = chart.frame.width, chart.frame.height
    points = [point.split(",") for one in chart.strokes for point in one.points.split()]
    places = [(float(x), float(y)) for x, y in points]
    places += [(dot.x, dot.y) for dot in chart.dots]
    places += [(label.x, label.y) for label in chart.labels]
    places += [(box.x, box.y) for box in chart.boxes]
    places += [(box.x + box.width, box.y + box.height) for box in chart.boxes]
    inside = all(-0.2 <= x <= width + 0.2 and -0.2 <= y <= height + 0.2 for x, y in places)
    return inside and all(box.width >= 0 and box.height >= 0 for box in chart.boxes)


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=92))
def test_bars_and_stacks(amounts: list[tuple[float, float]]) -> None:
    columns = [
        Column(label="16 Nov", parts=(("out", a, "planned"), ("in", b, "worked")))
        for a, b in amounts
    ]
    for kind in (bars, stacks):
        chart = kind(columns, label="Amounts", table=TABLE, say=say)
        assert stays_on_its_sheet(chart)
        assert len(chart.boxes) == 2 * len(amounts)


@given(st.lists(st.tuples(AMOUNT, AMOUNT), max_size=40), st.none() | st.floats(0.01, 50))
def test_dots(amounts: list[tuple[float, float]], factor: float | None) -> None:
    dots = [(a, b, "a task") for a, b in amounts]
    assert stays_on_its_sheet(scatter(dots, factor, label="Dots", table=TABLE))


@given(st.lists(st.none() | AMOUNT, min_size=1, max_size=92))
def test_curves(values: list[float | None]) -> None:
    names = ["Mon"] * len(values)
    chart = curves([("fit", values)], names, label="Curve", table=TABLE, say=say)
    assert stays_on_its_sheet(chart)


@given(st.lists(st.lists(AMOUNT, min_size=24, max_size=24), min_size=7, max_size=7))
def test_cells(amounts: list[list[float]]) -> None:
    rows = [("Mon", [(value, "minutes") for value in row]) for row in amounts]
    chart = heat(rows, [str(n) for n in range(24)], label="Cells", table=TABLE)
    assert stays_on_its_sheet(chart)
    assert all(0 <= box.opacity <= 1 for box in chart.boxes)


@pytest.mark.parametrize(
    ("values", "steps", "ticks"),
    [
        ([], ROUND, (0, 1)),
        ([450], OF_MINUTES, (0, 120, 240, 360, 480)),
        ([2.0], OF_MINUTES, (0, 5)),
        ([1900], ROUND, (0, 500, 1000, 1500, 2000)),
    ],
)
def test_a_scale_has_few_round_steps(values: list[float], steps: Any, ticks: Any) -> None:
    assert Axis.over(values, steps).ticks == ticks


def test_labels_leave_each_other_room() -> None:
    columns = [Column(label=f"{n} Nov", parts=(("in", 1.0, ""),)) for n in range(10, 100)]
    chart = bars(columns, label="Days", table=TABLE, say=say)
    below = [label.x for label in chart.labels if "Nov" in label.text]
    assert 2 < len(below) < 9
