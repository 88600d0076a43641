"""Instants on the wire: RFC 3339, with an offset, in the years that there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from dayloom.wire.scalars import Moment, QueryMoment, Text

MOMENT, QUERY, TEXT = TypeAdapter(Moment), TypeAdapter(QueryMoment), TypeAdapter(Text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-24T14:00:00+01:00", "2026-11-24T14:00:00+01:00"),
        ("2026-11-24T14:00+01:00", "2026-11-24T14:00:00+01:00"),
        ("2026-11-24t14:00:00z", "2026-11-24T14:00:00+00:00"),
        ("2026-11-24 14:00:00.25Z", "2026-11-24T14:00:00.250000+00:00"),
        ("2026-11-24T14:00:00-00:00", "2026-11-24T14:00:00+00:00"),
    ],
)
def test_an_instant_keeps_its_offset(written: str, read: str) -> None:
    assert MOMENT.validate_python(written).isoformat() == read


@given(st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()))
def test_any_instant_is_read_or_refused(written: str) -> None:
    try:
        moment = MOMENT.validate_python(written)
    except ValidationError:
        return
    assert moment.tzinfo is not None
    assert 1970 <= moment.year <= 2101


@given(st.text())
def test_any_text_is_read_or_refused(written: str) -> None:
    for kind in (MOMENT, QUERY):
        with pytest.raises(ValidationError):
            kind.validate_python(written)


def test_only_an_address_has_lost_its_plus() -> None:
    written = "2026-11-24T14:00:00 01:00"
    assert QUERY.validate_python(written).isoformat() == "2026-11-24T14:00:00+01:00"
    with pytest.raises(ValidationError):
        MOMENT.validate_python(written)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\udfff!"])
def test_a_text_that_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match=r"NUL|unicode"):
        TEXT.validate_python(text)
