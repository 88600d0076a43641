"""The title: what is left of a line when the phrases are taken out."""

import re
from collections.abc import Sequence

from dayloom.language.draft import Span
from dayloom.language.rules.phrases import word_set

DANGLING = word_set(
    "and & + - – — : , ; / | at due from of the until till then takes starting or @ ~ = ( [ { . "
    "it's its is"
)
LEADING = word_set("and & + - – — : , ; / | . ! then of ) ] to")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}")
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_BLANKS = re.compile(r"\s+")
_LOOSE_MARK = re.compile(r"\s+([,;:.!?)])(?=\s|$)")
_DOUBLED = re.compile(r"([,;:])[\s,;:]*([,;:.!?])")


def clean_title(source: str, begin: int, eaten: Sequence[Span]) -> str:
    """Return the text from `begin` on without `eaten`; the whole text when nothing is left."""
    whole = _BLANKS.sub(" ", source[begin:]).strip()
    pieces = _pieces(source, begin, sorted(eaten, key=lambda span: span.start))
    text = _EMPTY_BRACKETS.sub(" ", " ".join(piece for piece in pieces if piece))
    text = _BLANKS.sub(" ", text).strip()
    text = _DOUBLED.sub(r"\2", _LOOSE_MARK.sub(r"\1", text))
    text = _balanced(text.strip(" ,;:-–—|"), whole)
    return text if any(character.isalnum() for character in text) else whole


def _balanced(text: str, whole: str) -> str:
    """Return the text without the bracket whose other half was taken out."""
    for opening, closing in _BRACKETS:
        if not _is_nested(whole, opening, closing):
            continue
        while text.count(closing) > text.count(opening):
            text = " ".join(text.rpartition(closing)[::2])
        while text.count(opening) > text.count(closing):
            text = " ".join(text.rpartition(opening)[::2])
    return _BLANKS.sub(" ", text).strip()


def _is_nested(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0


def _pieces(source: str, begin: int, eaten: Sequence[Span]) -> list[str]:
    """Return what lies between the spans, each without the connectors left hanging there."""
    pieces: list[str] = []
    at = begin
    for span in eaten:
        pieces.append(_trimmed(source[at : span.start], after_cut=at > begin, before_cut=True))
        at = max(at, span.end)
    pieces.append(_trimmed(source[at:], after_cut=at > begin, before_cut=False))
    return pieces


def _trimmed(piece: str, *, after_cut: bool, before_cut: bool) -> str:
    words = piece.split()
    while before_cut and words and words[-1].casefold() in DANGLING:
        words.pop()
    while after_cut and words and words[0].casefold() in LEADING:
        words.pop(0)
    return " ".join(words)
