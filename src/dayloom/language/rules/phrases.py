"""Tables of fixed phrases, found by their first word, the longest first."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TypeAlias, TypeVar

from dayloom.language.rules.tokens import Found, Line

T = TypeVar("T")
PhraseTable: TypeAlias = dict[str, list[tuple[tuple[str, ...], T]]]


def phrase_table(entries: Mapping[str, T]) -> PhraseTable[T]:
    """Return `entries`, whose keys are words separated by blanks, ready for `match_phrase`."""
    table: PhraseTable[T] = {}
    for text, value in entries.items():
        words = tuple(text.split())
        table.setdefault(words[0], []).append((words, value))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def match_phrase(table: PhraseTable[T], line: Line, at: int) -> Found[T] | None:
    """Return the longest phrase of the table that begins at `at`."""
    for words, value in table.get(line.word(at), ()):
        end = at + len(words)
        if line.words[at:end] == words:
            return Found(value, end)
    return None


def spelled(*choices: str) -> Iterable[str]:
    """Yield every way through the choices: `spelled("a|b", "c|")` gives "a c", "a", "b c", "b"."""
    for words in product(*(choice.split("|") for choice in choices)):
        yield " ".join(word for word in words if word)


def skip(line: Line, at: int, words: frozenset[str]) -> int:
    """Return the place after `at` when its word is one of `words`, else `at`."""
    return at + 1 if line.word(at) in words else at


def word_set(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


def words_of(text: str) -> list[str]:
    """Return the words of `text` in order."""
    return text.split()
