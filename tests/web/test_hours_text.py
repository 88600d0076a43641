"""Opening hours as people type them."""

import pytest

from dayloom.infra.errors import Invalid
from dayloom.web.hours_text import read_hours, say_hours


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("closed", []),
        (" Closed ", []),
        ("09:00–17:30", [["09:00", "17:30"]]),
        ("9-12:30, 13.30-17", [["09:00", "12:30"], ["13:30", "17:00"]]),
        ("9am to 5pm", [["09:00", "17:00"]]),
        ("12am - 12pm", [["00:00", "12:00"]]),
        ("8 until 10 and 14 to 16", [["08:00", "10:00"], ["14:00", "16:00"]]),
        ("22:00–02:00", [["22:00", "02:00"]]),
        ("18–24", [["18:00", "24:00"]]),
    ],
)
def test_hours_are_read(text: str, spans: list[list[str]]) -> None:
    assert read_hours(text, field="monday") == spans


@pytest.mark.parametrize(
    "text", ["nine to five", "9", "9–25", "9:75–10", "13pm–14pm", "9–", "24:30–25"]
)
def test_other_words_are_refused_with_the_field(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_hours(text, field="monday")
    assert caught.value.field == "monday"


def test_what_is_said_is_read_again() -> None:
    spans = [["09:00", "12:30"], ["13:30", "24:00"]]
    assert read_hours(say_hours(spans), field="monday") == spans
