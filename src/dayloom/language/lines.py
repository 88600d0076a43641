"""Many lines at once: each becomes a draft of its own, without its bullet or number."""

import re

from dayloom.language.context import ReadingContext
from dayloom.language.draft import TaskDraft
from dayloom.language.rules.names import MONTHS
from dayloom.language.rules.reader import read_from

LONGEST_LINE = 4_000
LONGEST_TEXT = 40_000
MOST_LINES = 200
BULLET = re.compile(r"\s*(?:[-*+•–]\s+)?(?:\[[ xX]?\]\s*)?(?:\(?[0-9]{1,3}[.)]\s+)?")


class TextTooLong(ValueError):
    """More text than is read at once. The message is a sentence for the person."""

    code = "too_long"


def read(text: str, context: ReadingContext) -> TaskDraft:
    """Return what one line says. Raises `TextTooLong`; no other text is an error."""
    if len(text) > LONGEST_LINE:
        raise TextTooLong(f"A task has at most {LONGEST_LINE:,} characters in one line.")
    return read_from(text, context, begin=_bullet_end(text))


def read_lines(text: str, context: ReadingContext) -> tuple[TaskDraft, ...]:
    """Return one draft for each line that is not blank. Spans count within their own line."""
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(f"At most {LONGEST_TEXT:,} characters can be added at once.")
    lines = [line for line in text.splitlines() if _has_words(line)]
    if len(lines) > MOST_LINES:
        raise TextTooLong(f"At most {MOST_LINES} tasks can be added at once.")
    return tuple(read(line, context) for line in lines)


def _has_words(line: str) -> bool:
    return bool(line[_bullet_end(line) :].strip()) and any(char.isalnum() for char in line)


def _bullet_end(line: str) -> int:
    """Return where the line begins behind "- ", "* ", "[ ]" and "3. "; "3. May" is a date."""
    found = BULLET.match(line)
    if found is None or not line[found.end() :].strip():
        return 0
    words = line[found.end() :].split(maxsplit=1)
    if words[0].casefold().strip(".,") in MONTHS:
        without_number = re.match(r"\s*(?:[-*+•–]\s+)?", line)
        return without_number.end() if without_number else 0
    return found.end()
