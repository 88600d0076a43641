"""Hour maps by name: "@personal", "in deep work hours"; only known names are read."""

from dayloom.language.rules.phrases import match_phrase, phrase_table, skip
from dayloom.language.rules.tokens import Found, Line

_JOINTS = frozenset({"-", "_"})
_LEADS = phrase_table(
    dict.fromkeys(
        ("in", "during", "within", "in my", "during my", "in the", "outside", "on"), True
    )
)
_HOURS = frozenset({"hours", "time", "block", "blocks", "slot", "slots", "hour"})


def read_hour_map(line: Line, at: int) -> Found[str] | None:
    """Return the known hour map at `at`; the longest name wins."""
    found = [
        hit
        for name in line.context.hour_maps
        if (hit := _read_marked(line, at, name) or _read_spoken(line, at, name))
    ]
    return max(found, key=lambda hit: hit.end, default=None)


def _read_marked(line: Line, at: int, name: str) -> Found[str] | None:
    if line.word(at) != "@" or not line.fresh(at) or not line.glued(at + 1):
        return None
    end = _past_name(line, at + 1, name)
    return Found(name, end) if end and line.closed(end) else None


def _read_spoken(line: Line, at: int, name: str) -> Found[str] | None:
    """Return the map of "in deep work hours" and "deep work time"."""
    lead = match_phrase(_LEADS, line, at)
    end = _past_name(line, lead.end if lead else at, name)
    if end is None or not line.fresh(at):
        return None
    if line.word(end - 1) not in _HOURS:
        end = skip(line, end, _HOURS)
        if line.word(end - 1) not in _HOURS or not lead:
            return None
    elif not lead:
        return None
    return Found(name, end) if line.closed(end) else None


def _past_name(line: Line, at: int, name: str) -> int | None:
    """Return the place after the words of `name`, joined by blanks, "-" or "_"."""
    words = name.casefold().replace("-", " ").replace("_", " ").split()
    joined = "".join(words)
    if line.word(at) == joined:
        return at + 1
    for word in words:
        at = skip(line, at, _JOINTS)
        if line.word(at) != word:
            return None
        at += 1
    return at if words else None
