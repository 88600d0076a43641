"""Times without a zone and durations with seconds never reach the database."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from dayloom.infra.columns import UtcDateTime, WholeMinutes
from dayloom.infra.db import Row

TIMES = Table(
    "times",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
    Column("lasts", WholeMinutes),
)
BERLIN_SUMMER = timezone(timedelta(hours=2))


def stored(**values: object) -> tuple[datetime | None, timedelta | None]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TIMES.create(connection)
        connection.execute(insert(TIMES).values(**values))
        at, lasts = connection.execute(select(TIMES.c.at, TIMES.c.lasts)).one()
    engine.dispose()
    return at, lasts


def test_an_instant_comes_back_aware_and_in_utc() -> None:
    local = datetime(2026, 7, 1, 12, 30, 15, 250, tzinfo=BERLIN_SUMMER)
    at, _ = stored(at=local)
    assert at == local
    assert at is not None
    assert at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        stored(at=datetime(2026, 7, 1, 12, 30))  # noqa: DTZ001 — the point


def test_a_duration_is_whole_minutes() -> None:
    assert stored(lasts=timedelta(hours=40))[1] == timedelta(minutes=2400)
    with pytest.raises(StatementError, match="not a whole number of minutes"):
        stored(lasts=timedelta(minutes=5, seconds=1))


def test_nothing_stays_nothing() -> None:
    assert stored(at=None, lasts=None) == (None, None)


def test_enums_are_stored_by_value() -> None:
    class Mood(StrEnum):
        GOOD = "well"

    class MoodRow(DeclarativeBase):
        __abstract__ = True
        type_annotation_map = Row.type_annotation_map

    class Day(MoodRow):
        __tablename__ = "days"
        mood: Mapped[Mood] = mapped_column(primary_key=True)

    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        Day.metadata.create_all(connection)
        connection.execute(insert(Day).values(mood=Mood.GOOD))
        assert connection.exec_driver_sql("SELECT mood FROM days").scalar_one() == "well"
        assert connection.execute(select(Day.mood)).scalar_one() is Mood.GOOD
    engine.dispose()
