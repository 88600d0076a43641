"""Reading and changing how a person wants to be planned."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from dayloom.accounts.changes import Changes, Topic
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.journal.rows import Image
from dayloom.preferences import fields as rules
from dayloom.preferences import hours
from dayloom.preferences.models import HourMap, Preferences
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.rules_review import review

_NAME = re.compile(r"[a-z0-9][a-z0-9 _-]{0,31}")


class PreferencesService:
    def __init__(self, rows: PreferencesRepository, changes: Changes) -> None:
        self._rows = rows
        self._changes = changes

    def require(self) -> Preferences:
        """Return the account's preferences. Raises `NotFound` before `set_up` has run."""
        found = self._rows.get()
        if found is None:
            raise NotFound("This account has no preferences yet.")
        return found

    def set_up(self, *, time_zone: str) -> None:
        """Give a new account its first preferences and hour maps; does nothing a second time."""
        if self._rows.get() is not None:
            return
        rules.check({"time_zone": time_zone})
        account_id = self._rows.account_id
        self._rows.add(Preferences(account_id=account_id, time_zone=time_zone))
        weeks = {"work": hours.WORK_WEEK, "personal": hours.PERSONAL_WEEK}
        for name, weekly in weeks.items():
            self._rows.add(
                HourMap(
                    account_id=account_id,
                    name=name,
                    weekly=weekly,
                    exceptions={},
                    is_default=name == "work",
                )
            )

    def change(self, fields: rules.PreferenceFields) -> Preferences:
        """Change some preferences. Raises `Invalid` and changes nothing if one is wrong."""
        preferences = self.require()
        for name, value in rules.check(fields).items():
            setattr(preferences, name, value)
        self._rows.flush()
        self._changed()
        return preferences

    def hour_maps(self) -> Sequence[HourMap]:
        return self._rows.hour_maps()

    def add_hour_map(
        self,
        name: str,
        *,
        weekly: Sequence[hours.Spans],
        exceptions: Mapping[str, hours.Spans],
        daily_cap: timedelta | None = None,
    ) -> HourMap:
        """Add named hours. Raises `Invalid` for bad hours, `Conflict` for a name in use."""
        hour_map = HourMap(
            account_id=self._rows.account_id,
            name=self._free_name(name),
            weekly=hours.check_weekly(weekly),
            exceptions=hours.check_exceptions(exceptions),
            daily_cap=_check_cap(daily_cap),
        )
        self._rows.add(hour_map)
        self._changed()
        return hour_map

    def change_hour_map(
        self,
        hour_map_id: int,
        *,
        weekly: Sequence[hours.Spans],
        exceptions: Mapping[str, hours.Spans],
        daily_cap: timedelta | None = None,
    ) -> HourMap:
        """Replace the hours of one map. Raises `NotFound` or `Invalid`."""
        hour_map = self.require_hour_map(hour_map_id)
        hour_map.weekly = hours.check_weekly(weekly)
        hour_map.exceptions = hours.check_exceptions(exceptions)
        hour_map.daily_cap = _check_cap(daily_cap)
        self._rows.flush()
        self._changed()
        return hour_map

    def remove_hour_map(self, hour_map_id: int) -> None:
        """Remove named hours; tasks that named them fall back to the default map."""
        hour_map = self.require_hour_map(hour_map_id)
        if hour_map.is_default:
            raise Conflict("These are the hours that tasks use by default; change them instead.")
        self._rows.remove(hour_map)
        self._changed()

    def settle(self, row: Preferences | HourMap, was: Image) -> None:
        """Let what an undo has put back count."""
        self._changed()

    def take_away(self, hour_map: HourMap) -> None:
        """Undo that the hours were added. Raises `Conflict` for the default ones."""
        self.remove_hour_map(hour_map.id)

    def require_hours(self, name: str | None) -> None:
        """Raise `Invalid` unless hours of this name exist; None names the usual ones."""
        tidy = (name or "").strip().lower()
        if tidy and tidy not in {hour_map.name for hour_map in self._rows.hour_maps()}:
            raise Invalid(f"There are no hours named “{tidy}”.", field="hour_map")

    def require_hour_map(self, hour_map_id: int) -> HourMap:
        found = self._rows.hour_map(hour_map_id)
        if found is None:
            raise NotFound(f"There are no hours with the number {hour_map_id}.")
        return found

    def _changed(self) -> None:
        review(self._rows)
        self._changes.replan(Topic.PREFERENCES)

    def _free_name(self, name: str) -> str:
        wanted = name.strip().lower()
        if not _NAME.fullmatch(wanted):
            raise Invalid(
                "Name the hours with 1 to 32 letters, digits, spaces or dashes.", field="name"
            )
        if any(h.name == wanted for h in self._rows.hour_maps()):
            raise Conflict(f"There are hours named “{wanted}” already.")
        return wanted


def _check_cap(cap: timedelta | None) -> timedelta | None:
    rules.check({"daily_cap": cap})
    return cap
