"""A text into sentences, and each sentence into its wishes: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dayloom.language.draft import Span
from dayloom.language.wishes.making import MAKERS, Saying
from dayloom.language.wishes.patterns import ways_of
from dayloom.language.wishes.sentences import LONGEST_SENTENCE, MOST_SENTENCES, sentences_in
from dayloom.language.wishes.skeleton import Part, clauses_of, parts_of, skeleton_of
from dayloom.language.wishes.wish import Wish

MOST_CLAUSES = 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands; without wishes it was not understood."""

    text: str
    span: Span
    wishes: tuple[Wish, ...]


def read_wishes(text: str, *, hour_maps: Sequence[str] = ()) -> tuple[Sentence, ...]:
    """Return the sentences of `text` in order, each with what it asks for.

    `hour_maps` are the names of hours that a sentence may be about. What follows the first
    sentences, so many that nobody wrote them, is not read.
    """
    found: list[Sentence] = []
    for span in sentences_in(text):
        if len(found) == MOST_SENTENCES:
            break
        words = text[span.start : span.end]
        found.append(Sentence(words, span, _read(words, tuple(hour_maps))))
    return tuple(found)


@lru_cache(maxsize=2048)
def _read(sentence: str, hour_maps: tuple[str, ...]) -> tuple[Wish, ...]:
    if len(sentence) > LONGEST_SENTENCE or sentence.rstrip("\"”') ").endswith("?"):
        return ()
    parts = parts_of(sentence)
    if all(isinstance(part, str) for part in parts):
        return ()
    whole = _said(parts, hour_maps)
    return whole or _each_clause(parts, hour_maps)


def _each_clause(parts: Sequence[Part], hour_maps: Sequence[str]) -> tuple[Wish, ...]:
    """Read the clauses one by one: if one means nothing, it may change what the others mean."""
    clauses = clauses_of(parts)
    if not 1 < len(clauses) <= MOST_CLAUSES:
        return ()
    read = [_said(clause, hour_maps) for clause in clauses]
    return tuple(wish for wishes in read for wish in wishes) if all(read) else ()


def _said(parts: Sequence[Part], hour_maps: Sequence[str]) -> tuple[Wish, ...]:
    skeleton = skeleton_of(parts)
    for what, words in ways_of(skeleton):
        if wishes := tuple(MAKERS[what](Saying(words, skeleton, hour_maps))):
            return wishes
    return ()
