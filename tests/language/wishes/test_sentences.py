"""What sentences of a context are read as, and which are left alone."""

from pathlib import Path

import pytest

from dayloom.language.wishes import Wish, WishKind, read_wishes

MAPS = ("work", "personal")
SHORT = {WishKind.DAILY_LIMIT: "limit"}
TABLE = [
    tuple(part.strip() for part in line.split(" | "))
    for line in (Path(__file__).parent / "sentences.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


def said(wish: Wish) -> str:
    """Return a wish as the table writes it."""
    parts = [SHORT.get(wish.kind, wish.kind.value)]
    parts += ["".join(map(str, wish.days))] if wish.days else []
    parts += [f"x{wish.times_per_week}"] if wish.times_per_week else []
    parts += [f"{wish.start or ''}-{wish.end or ''}"] if wish.start or wish.end else []
    parts += [str(wish.minutes)] if wish.minutes else []
    parts += ["events"] if wish.around_events else []
    parts += ["only"] if wish.days_off else []
    parts += [f"map={wish.hour_map}"] if wish.hour_map else []
    parts += [f'"{wish.subject}"'] if wish.subject else []
    return " ".join(parts)


@pytest.mark.parametrize(("sentence", "expected"), TABLE, ids=[one[0] for one in TABLE])
def test_a_sentence_is_read_as_it_is_meant(sentence: str, expected: str) -> None:
    wishes = [wish for one in read_wishes(sentence, hour_maps=MAPS) for wish in one.wishes]
    assert "; ".join(map(said, wishes)) == ("" if expected == "-" else expected)
