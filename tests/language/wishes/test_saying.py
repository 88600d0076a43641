"""A rule in our words is read as the same rule, so that it can be changed where it stands."""

import pytest

from dayloom.language.wishes import Wish, read_wishes
from dayloom.preferences.rules_values import to_wish, values_of
from dayloom.preferences.rules_words import say
from tests.language.wishes.test_sentences import MAPS, TABLE

WISHES = {
    say(wish): wish
    for sentence, *_ in TABLE
    for one in read_wishes(sentence, hour_maps=MAPS)
    for wish in one.wishes
}


@pytest.mark.parametrize("words", list(WISHES))
def test_what_is_said_of_a_wish_is_read_as_it(words: str) -> None:
    read = [wish for one in read_wishes(words, hour_maps=MAPS) for wish in one.wishes]
    assert list(map(known, read)) == [known(WISHES[words])]


def known(wish: Wish) -> dict[str, object]:
    """Return what is said of a wish; that other days are off is not."""
    values = values_of(to_wish(wish.kind, values_of(wish)))
    return {"kind": wish.kind, **values, "days_off": False, "hour_map": wish.hour_map or ""}
