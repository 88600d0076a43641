"""Tags and projects: "#work", "#deep-work", "+Website"; "#12", "C#" and "+1" are none."""

from dayloom.language.rules.tokens import Found, Line

_INSIDE = frozenset({"-", "_", "/"})
LONGEST = 40


def read_tag(line: Line, at: int) -> Found[str] | None:
    """Return the name of the tag at `at`, spelled as the known tag when there is one."""
    found = _read_name(line, at, sign="#")
    if found is None:
        return None
    known = {tag.casefold(): tag for tag in line.context.tags}
    return Found(known.get(found.value.casefold(), found.value), found.end)


def read_project(line: Line, at: int) -> Found[str] | None:
    """Return the name of the project at `at`."""
    return _read_name(line, at, sign="+")


def _read_name(line: Line, at: int, *, sign: str) -> Found[str] | None:
    if line.word(at) != sign or not line.fresh(at) or not line.glued(at + 1):
        return None
    if not line.word(at + 1)[:1].isalpha():
        return None
    end = at + 2
    while line.glued(end) and _continues(line, end):
        end += 1
    if line.word(end - 1) in _INSIDE:
        end -= 1
    name = line.source[line.tokens[at + 1].start : line.tokens[end - 1].end]
    if len(name) > LONGEST or not line.closed(end):
        return None
    return Found(name, end)


def _continues(line: Line, at: int) -> bool:
    return line.word(at)[:1].isalnum() or line.word(at) in _INSIDE
