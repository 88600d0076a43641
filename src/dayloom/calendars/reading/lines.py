"""Content lines (RFC 5545 §3.1): decoded, unfolded, cut into components, all within bounds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dayloom.calendars.reading.values import NotACalendar

LARGEST = 10 * 1024 * 1024
LONGEST_LINE = 64 * 1024
DEEPEST = 4
MOST_EVENTS = 20_000
LONGEST_KEPT = 20_000  # characters of one value that are worth reading


@dataclass(slots=True)
class Component:
    """A component with its own lines; those inside it are in `parts`."""

    name: str
    lines: list[str] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str | None:
        """Return the text after the colon of the first line with this property name."""
        for line in self.lines:
            if property_name(line) == name:
                return value_of(line)
        return None


def components(data: bytes) -> list[Component]:
    """Return the calendars of a feed. Raises `NotACalendar` beyond the bounds."""
    if len(data) > LARGEST:
        raise NotACalendar("The calendar is larger than 10 MB.")
    roots: list[Component] = []
    stack: list[Component] = []
    events = 0
    for line in _unfolded(_decoded(data)):
        head = line[:32].upper()
        if head.startswith("BEGIN:"):
            events += head.strip() == "BEGIN:VEVENT"
            _open(stack, roots, line[6:].strip().upper())
        elif head.startswith("END:"):
            _close(stack, line[4:].strip().upper())
        elif stack:
            stack[-1].lines.append(line)
        if events > MOST_EVENTS:
            raise NotACalendar(f"The calendar has more than {MOST_EVENTS:,} events.")
    found = [root for root in roots if root.name == "VCALENDAR"]
    if not found:
        raise NotACalendar("This is not a calendar: there is no BEGIN:VCALENDAR in it.")
    return found


def property_name(line: str) -> str:
    """Return the name of a content line in capitals."""
    end = min((line.find(sign) for sign in ":;" if sign in line), default=len(line))
    return line[:end].upper()


def value_of(line: str) -> str:
    """Return what stands after the first colon outside of quotes."""
    return line[colon_of(line) + 1 :]


def colon_of(line: str) -> int:
    """Return where the value begins, minus one; the length of the line if it has none."""
    quoted = False
    for index, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return index
    return line.find(":") if ":" in line else len(line)


def _open(stack: list[Component], roots: list[Component], name: str) -> None:
    if len(stack) >= DEEPEST:
        raise NotACalendar(f"The calendar nests more than {DEEPEST} components.")
    component = Component(name)
    (stack[-1].parts if stack else roots).append(component)
    stack.append(component)


def _close(stack: list[Component], name: str) -> None:
    """Close the innermost component of that name; an END without its BEGIN is ignored."""
    for depth in range(len(stack), 0, -1):
        if stack[depth - 1].name == name:
            del stack[depth - 1 :]
            return


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _unfolded(text: str) -> Iterator[str]:
    """Yield logical lines; a line beyond the bound is cut, an empty one left out."""
    pieces: list[str] = []
    length = 0
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if raw[:1] in (" ", "\t"):
            if length < LONGEST_KEPT:
                pieces.append(raw[1:])
            length += len(raw) - 1
            continue
        if pieces:
            yield "".join(pieces)[:LONGEST_LINE]
        pieces, length = ([raw] if raw.strip() else []), len(raw)
    if pieces:
        yield "".join(pieces)[:LONGEST_LINE]
