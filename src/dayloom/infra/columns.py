"""Column types that refuse what the database would silently bend."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator

MINUTE = timedelta(minutes=1)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, also where the database forgets zones. Refuses naive times."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WholeMinutes(TypeDecorator[timedelta]):
    """A duration, stored as a number of minutes. Refuses seconds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        minutes, rest = divmod(value, MINUTE)
        if rest:
            raise ValueError(f"{value!r} is not a whole number of minutes")
        return minutes

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else value * MINUTE
