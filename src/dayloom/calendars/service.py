"""Adding, changing and removing calendars. Reading them is the worker's."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypedDict
from urllib.parse import urlsplit, urlunsplit

from dayloom.accounts.changes import Changes, Topic
from dayloom.calendars.fetching import LARGEST
from dayloom.calendars.models import REMEMBERED, AllDayRule, Calendar, CalendarKind, Event
from dayloom.calendars.repository import BusyEvent, CalendarRepository
from dayloom.calendars.storing import placeholder, reckon_anew
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.journal.rows import Image

LONGEST_NAME = 100
LONGEST_URL = 2_000
LONGEST_ADDRESS = 254
MOST_CALENDARS = 50
COLORS = 8
TWICE = "This calendar is there already."
OFTEN, SELDOM = timedelta(minutes=5), timedelta(days=7)
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
SCHEMES = ("http", "https", "webcal", "webcals")


class CalendarFields(TypedDict, total=False):
    """Changes of a calendar; an absent field stays as it is."""

    name: str
    color: int
    enabled: bool
    all_day: AllDayRule
    free_busy: bool
    tentative_busy: bool
    declined_busy: bool
    own_address: str
    refresh_every: timedelta


class CalendarService:
    def __init__(self, rows: CalendarRepository, changes: Changes, *, now: datetime) -> None:
        self._rows = rows
        self._changes = changes
        self._now = now

    def add_url(self, name: str, url: str) -> Calendar:
        """Add a calendar by its address; the worker reads it. Raises `Invalid`."""
        checked = _check_url(url)
        self._require_new(checked)
        return self._add(name, CalendarKind.URL, url=checked)

    def add_file(self, name: str, content: bytes) -> Calendar:
        """Add the calendar that an `.ics` file holds; the worker reads it. Raises `Invalid`."""
        check_content(content)
        calendar = self._add(name.strip().removesuffix(".ics"), CalendarKind.FILE)
        self._rows.keep_content(calendar.id, content)
        return calendar

    def replace_file(self, calendar_id: int, content: bytes) -> Calendar:
        """Give an uploaded calendar a newer file. Raises `NotFound`, `Conflict` or `Invalid`."""
        calendar = self.require(calendar_id)
        if calendar.kind is not CalendarKind.FILE:
            raise Conflict("This calendar comes from an address and refreshes by itself.")
        check_content(content)
        self._rows.keep_content(calendar.id, content)
        self._changes.read_calendar(calendar.id)
        return calendar

    def all(self) -> Sequence[Calendar]:
        return self._rows.all()

    def require(self, calendar_id: int) -> Calendar:
        found = self._rows.get(calendar_id)
        if found is None:
            raise NotFound(f"There is no calendar {calendar_id}.")
        return found

    def change(self, calendar_id: int, fields: CalendarFields) -> Calendar:
        """Change a calendar's name or rules; its events count anew. Raises `Invalid`."""
        calendar = self.require(calendar_id)
        read_with = calendar.refresh_every, calendar.own_address
        for name, value in _checked(fields).items():
            setattr(calendar, name, value)
        self._rows.flush()
        reckon_anew(self._rows, calendar)
        self._changes.replan(Topic.CALENDARS)
        if read_with != (calendar.refresh_every, calendar.own_address):
            self.refresh(calendar_id)
        return calendar

    def refresh(self, calendar_id: int) -> Calendar:
        """Ask the worker to read the calendar now, even if its bytes are still the same."""
        calendar = self.require(calendar_id)
        calendar.read_at = None
        self._rows.flush()
        self._changes.read_calendar(calendar.id)
        return calendar

    def refresh_all(self) -> None:
        """The same for all calendars: the person's days begin elsewhere in another zone."""
        for calendar in self._rows.all():
            self.refresh(calendar.id)

    def confirm_shrink(self, calendar_id: int) -> Calendar:
        """Agree that most of the calendar's events are gone, and read it again.

        The events stay until that has worked. Where nothing was asked, nothing is agreed to.
        """
        calendar = self.require(calendar_id)
        calendar.shrink_agreed = calendar.shrunk
        return self.refresh(calendar_id)

    def remove(self, calendar_id: int) -> Calendar:
        """Take the calendar away; for `REMEMBERED`, `restore` brings it back."""
        calendar = self.require(calendar_id)
        calendar.deleted_at = self._now
        self._rows.flush()
        self._changes.replan(Topic.CALENDARS)
        self._changes.forget_calendar(calendar.id, after=REMEMBERED)
        return calendar

    def restore(self, calendar_id: int) -> Calendar:
        """Bring a removed calendar back, and read it again. Raises `NotFound` or `Conflict`."""
        calendar = self._rows.get(calendar_id, deleted=True)
        if calendar is None:
            raise NotFound(f"There is no calendar {calendar_id}.")
        if calendar.deleted_at is None:
            return calendar
        self._require_new(calendar.url)
        calendar.deleted_at = None
        self._rows.flush()
        self._changes.replan(Topic.CALENDARS)
        self._changes.read_calendar(calendar.id)
        return calendar

    def settle(self, calendar: Calendar, was: Image) -> None:
        """Let what an undo has put back count. Raises `Conflict` if it is there once more."""
        others = (other for other in self._rows.all() if other.id != calendar.id)
        if calendar.url is not None and any(other.url == calendar.url for other in others):
            raise Conflict(TWICE)
        reckon_anew(self._rows, calendar)
        self._changes.replan(Topic.CALENDARS)
        if was.keys() & {"deleted_at", "refresh_every", "own_address"}:
            self.refresh(calendar.id)

    def take_away(self, calendar: Calendar) -> None:
        """Undo that the calendar was added."""
        if calendar.deleted_at is None:
            self.remove(calendar.id)

    def events_between(self, start: datetime, end: datetime) -> Sequence[Event]:
        """Return all events that touch `[start, end)`, those that take no time too."""
        return self._rows.events_between(start, end)

    def busy_between(self, start: datetime, end: datetime) -> Sequence[BusyEvent]:
        """Return what takes time in `[start, end)`, in order of time."""
        return self._rows.busy_between(start, end)

    def _require_new(self, url: str | None) -> None:
        if url is not None and any(calendar.url == url for calendar in self._rows.all()):
            raise Conflict(TWICE)

    def _add(self, name: str, kind: CalendarKind, *, url: str | None = None) -> Calendar:
        known = self._rows.all()
        if len(known) >= MOST_CALENDARS:
            raise Conflict(f"There are {MOST_CALENDARS} calendars; remove one first.")
        calendar = Calendar(
            account_id=self._rows.account_id,
            kind=kind,
            url=url,
            color=len(known) % COLORS,
            created_at=self._now,
        )
        calendar.name = _check_name(name if name.strip() else placeholder(calendar))
        self._rows.add(calendar)
        self._changes.announce(Topic.CALENDARS)
        self._changes.read_calendar(calendar.id)
        return calendar


def check_content(content: bytes) -> None:
    """Raise `Invalid` for what is plainly no calendar, before anything is stored."""
    if len(content) > LARGEST:
        raise Invalid("The file is larger than 10 MB.", field="file")
    if b"BEGIN:VCALENDAR" not in content[:4096].upper():
        raise Invalid(
            "This is not a calendar file: it does not begin with BEGIN:VCALENDAR.", field="file"
        )


def masked(url: str) -> str:
    """Return an address without what may be secret in it: for pages and logs."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"{parts.scheme}://{host}/…" if parts.path.strip("/") else f"{parts.scheme}://{host}"


def _checked(fields: CalendarFields) -> CalendarFields:
    checked = fields.copy()
    if "name" in checked:
        checked["name"] = _check_name(checked["name"])
    if not 0 <= checked.get("color", 0) < COLORS:
        raise Invalid(f"A calendar has a color from 0 to {COLORS - 1}.", field="color")
    if not OFTEN <= checked.get("refresh_every", OFTEN) <= SELDOM:
        raise Invalid("Refresh between every 5 minutes and every 7 days.", field="refresh_every")
    if "own_address" in checked:
        checked["own_address"] = _check_own_address(checked["own_address"])
    return checked


def _check_own_address(address: str) -> str:
    plain = address.strip().lower().removeprefix("mailto:")
    if plain and (len(plain) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(plain)):
        raise Invalid("Give one e-mail address, such as ann@example.com.", field="own_address")
    return plain


def _check_name(name: str) -> str:
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= LONGEST_NAME:
        raise Invalid(f"Name the calendar with 1 to {LONGEST_NAME} characters.", field="name")
    return tidy


def _check_url(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        host = None
    if len(url) > LONGEST_URL or not host or parts.scheme.lower() not in SCHEMES:
        raise Invalid(
            "Give the calendar's address, such as https://example.com/calendar.ics.", field="url"
        )
    scheme = "https" if parts.scheme.lower().startswith("webcal") else parts.scheme.lower()
    return urlunsplit((scheme, parts.netloc, parts.path, parts.query, ""))
