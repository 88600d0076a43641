"""What the reader must know of the person: the moment, the zone and the habits of writing."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """`now` is aware; `week_start` is 0 for Monday to 6; `date_order` reads "3/4".

    `hour_maps` and `tags` are the names that exist already: only a known hour map is read,
    and a known tag keeps its spelling.
    """

    now: datetime
    zone: ZoneInfo
    week_start: int = 0
    date_order: str = "dmy"
    hour_maps: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("now must be aware")

    @property
    def local_now(self) -> datetime:
        """Return `now` on the person's clock."""
        return self.now.astimezone(self.zone)
