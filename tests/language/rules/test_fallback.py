"""`dateparser` answers only where the rules saw nothing, and only as a guess."""

import pytest

from dayloom.language import read
from tests.language.told import context, tell


@pytest.mark.parametrize(
    "text",
    ["Meet Ann 5 / December", "Meet Ann December, the 5", "Meet Ann 5,December"],
)
def test_an_odd_spelling_is_a_guess(text: str) -> None:
    told = tell(read(text, context()))

    assert told.title == "Meet Ann"
    assert told.expect == {"release": "2026-12-05 00:00", "due": "2026-12-06 00:00"}
    assert told.guess == ["release", "due"]
    assert told.read["due"] == text.removeprefix("Meet Ann ")


@pytest.mark.parametrize(
    "text",
    [
        "May sends 5 mails",
        "Write 3 chapters about March",
        "Review Friday 3 slides",
        "Watch Wednesday 2 with Ann",
        "March 99 soldiers",
        "Read August by 3 authors",
        "Paint 12 walls like April",
    ],
)
def test_a_name_with_a_number_somewhere_is_no_date(text: str) -> None:
    told = tell(read(text, context()))

    assert told.expect == {}
    assert told.title == text
