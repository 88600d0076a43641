"""Who is spoken to in which language."""

from datetime import date, time

import pytest

from dayloom.i18n import dates
from dayloom.i18n.language import LANGUAGES, choose_language, speaking, spoken
from dayloom.i18n.words import gettext, ngettext

TUESDAY = date(2026, 11, 24)
GERMAN = LANGUAGES["de"]


@pytest.mark.parametrize(
    ("choice", "accepted", "tag"),
    [
        ("", "", "en"),
        ("", "de", "de"),
        ("", "de-AT,en;q=0.5", "de"),
        ("", "en-GB,de;q=0.9", "en"),
        ("", "fr,de;q=0.3,en;q=0.8", "en"),
        ("", "de;q=0,en", "en"),
        ("", "fr;q=x, ;q=, *", "en"),
        ("de", "en", "de"),
        ("en", "de", "en"),
        ("xx", "de", "de"),
        ("", "de," * 10_000, "de"),
    ],
)
def test_a_choice_goes_before_what_the_browser_asks_for(
    choice: str, accepted: str, tag: str
) -> None:
    assert choose_language(choice, accepted).tag == tag


def test_outside_of_a_request_it_is_english() -> None:
    with speaking(GERMAN):
        assert spoken() is GERMAN
    assert spoken().tag == "en"


def test_a_percent_sign_is_written_twice_and_shown_once() -> None:
    assert gettext("95 %% within") == "95 % within"


def test_a_number_chooses_its_sentence() -> None:
    assert ngettext("%(num)s task", "%(num)s tasks", 1) == "1 task"
    assert ngettext("%(num)s task", "%(num)s tasks", 0) == "0 tasks"


def test_days_are_named_as_each_language_does() -> None:
    said = dates.long_date(TUESDAY), dates.short_date(TUESDAY), dates.day_and_month(TUESDAY)
    assert said == ("Tuesday 24 November", "Tue 24 Nov", "24 November")
    with speaking(GERMAN):
        said = dates.long_date(TUESDAY), dates.short_date(TUESDAY), dates.day_and_month(TUESDAY)
    assert said == ("Dienstag, 24. November", "Di, 24. Nov.", "24. November")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23–29 November"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 Nov – 6 Dec"),
        (date(2025, 12, 1), date(2026, 12, 7), "1 Dec – 7 Dec"),
    ],
)
def test_a_span_names_its_month_once(first: date, last: date, said: str) -> None:
    assert dates.span_of_days(first, last) == said


@pytest.mark.parametrize(
    ("at", "of_24", "of_12"),
    [
        (time(0, 5), "00:05", "12:05 am"),
        (time(9), "09:00", "9:00 am"),
        (time(12), "12:00", "12:00 pm"),
        (time(13, 30), "13:30", "1:30 pm"),
    ],
)
def test_a_time_is_told_by_either_clock(at: time, of_24: str, of_12: str) -> None:
    assert (dates.time_of_day(at, 24), dates.time_of_day(at, 12)) == (of_24, of_12)


def test_the_hours_of_a_day_end_with_its_midnight() -> None:
    assert [dates.full_hour(hour, 24) for hour in (0, 12, 24)] == ["00:00", "12:00", "24:00"]
    assert [dates.full_hour(hour, 12) for hour in (0, 12, 24)] == ["12 am", "12 pm", "12 am"]
