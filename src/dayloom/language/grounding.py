"""What a model says it copied must stand in the text: everything else is dropped."""

from dayloom.language.draft import Span


def find_span(copied: str, text: str) -> Span | None:
    """Return where `copied` stands in `text`, whatever its case and spacing, else None."""
    words = copied.split()
    if not words:
        return None
    folded, places = _folded(text)
    start = folded.find(" ".join(words).casefold())
    if start < 0:
        return None
    end = start + len(" ".join(words).casefold()) - 1
    return Span(places[start], places[end] + 1)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text in one case with single spaces, and where each character stood."""
    folded: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        if char.isspace():
            if folded and folded[-1] == " ":
                continue
            char = " "
        for piece in char.casefold():
            folded.append(piece)
            places.append(index)
    return "".join(folded), places
