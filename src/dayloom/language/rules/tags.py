"""Tags: "#work", "#deep-work"; "#12" and "C#" are none."""

from dayloom.language.rules.tokens import Found, Line

_INSIDE = frozenset({"-", "_", "/"})
LONGEST = 40


def read_tag(line: Line, at: int) -> Found[str] | None:
    """Return the name of the tag at `at`, spelled as the known tag when there is one."""
    if line.word(at) != "#" or not line.fresh(at) or not line.glued(at + 1):
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
    known = {tag.casefold(): tag for tag in line.context.tags}
    return Found(known.get(name.casefold(), name), end)


def _continues(line: Line, at: int) -> bool:
    return line.word(at)[:1].isalnum() or line.word(at) in _INSIDE
