"""What a chart is made of: shapes on a sheet, the scales they stand on, the same as a table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

OF_MINUTES = (5, 15, 30, 60, 120, 180, 240, 480, 720, 1440)
ROUND = tuple(digit * 10**power for power in range(7) for digit in (1, 2, 5))
MOST_TICKS = 5
HALF_A_LETTER, APART = 5, 12  # units, where letters are largest

Say = Callable[[float], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle. `style` is a class of the style sheet."""

    x: float
    y: float
    width: float
    height: float
    style: str
    opacity: float = 1
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line through points."""

    points: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    x: float
    y: float
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The same as figures, for whoever cannot see the picture."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`label` says in one sentence what there is to see."""

    label: str
    table: Table
    frame: "Frame"
    boxes: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    dots: tuple[Dot, ...] = ()
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The sheet, and the field within it where both axes run from 0 to 1."""

    width: int = 620
    height: int = 214
    left: int = 46
    right: int = 8
    top: int = 10
    bottom: int = 28

    @property
    def wide(self) -> bool:
        return self.width > 500

    def x(self, share: float) -> float:
        return round(self.left + share * (self.width - self.left - self.right), 1)

    def y(self, share: float) -> float:
        """Return a height; 0 is the ground."""
        return round(self.top + (1 - share) * (self.height - self.top - self.bottom), 1)

    def points(self, shares: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{self.x(x)},{self.y(y)}" for x, y in shares)


WIDE, NARROW = Frame(), Frame(width=420, height=218)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A scale from nothing to a round number, and where its lines are."""

    top: float
    ticks: tuple[float, ...]

    @classmethod
    def over(cls, values: Iterable[float], steps: Sequence[float]) -> "Axis":
        """Return the shortest scale of a few of these steps that holds all values."""
        most = max(values, default=0) or 1
        step = next((s for s in steps if most / s <= MOST_TICKS), most / MOST_TICKS)
        count = max(1, -int(-most // step))
        return cls(top=step * count, ticks=tuple(step * n for n in range(count + 1)))

    def share(self, value: float) -> float:
        return value / self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What stands at one place of the ground: `parts` are a style, a value and what it is."""

    label: str
    parts: tuple[tuple[str, float, str], ...]


def grid(frame: Frame, axis: Axis, say: Say) -> tuple[tuple[Stroke, ...], tuple[Label, ...]]:
    """Return the lines of a scale, and what stands at them."""
    heights = [(tick, axis.share(tick)) for tick in axis.ticks]
    lines = (Stroke(points=frame.points([(0, at), (1, at)]), style="gr") for _, at in heights)
    labels = (
        Label(x=0, y=frame.y(at) + 4, text=say(tick), anchor="start") for tick, at in heights
    )
    return tuple(lines), tuple(labels)


def ground(frame: Frame, names: Sequence[str]) -> tuple[Label, ...]:
    """Return the names under as many places, as far as they have room; empty ones are none."""
    named = [(n, name) for n, name in enumerate(names) if name]
    longest = max((len(name) for name in names), default=0)
    room = (frame.width - frame.left) // (2 * HALF_A_LETTER * longest + APART)
    every = max(1, -(-len(named) // room))
    return tuple(
        Label(
            x=min(frame.x((n + 0.5) / len(names)), frame.width - HALF_A_LETTER * len(name)),
            y=frame.height - 6,
            text=name,
        )
        for n, name in named[::every]
    )
