"""The language core: text in, typed drafts out. Pure; it never computes with a hidden clock.

Its public face: `read` for one line, `read_lines` for many, both with a `ReadingContext`.
"""

from dayloom.language.context import ReadingContext
from dayloom.language.draft import TaskDraft
from dayloom.language.lines import TextTooLong, read, read_lines

__all__ = ["ReadingContext", "TaskDraft", "TextTooLong", "read", "read_lines"]
