"""What repeats, in the terms of RFC 5545."""

from dataclasses import dataclass
from datetime import date

from dayloom.language.draft import TimeOfDay

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """A rule of RFC 5545 in its parts; `part` is the time of day that the phrase named.

    `kept`: the word also belongs to the title, as in "Weekly review".
    """

    freq: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month_days: tuple[int, ...] = ()
    month: int | None = None
    part: TimeOfDay | None = None
    kept: bool = False
    until: date | None = None

    @property
    def rrule(self) -> str:
        """Return the rule without DTSTART."""
        pieces = [f"FREQ={self.freq}"]
        if self.interval > 1:
            pieces.append(f"INTERVAL={self.interval}")
        if self.month:
            pieces.append(f"BYMONTH={self.month}")
        if self.month_days:
            pieces.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        if self.weekdays:
            nth = str(self.nth or "")
            pieces.append("BYDAY=" + ",".join(nth + CODES[day] for day in self.weekdays))
        if self.until:
            pieces.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(pieces)
