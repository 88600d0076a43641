"""What the settings page shows, computed once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dayloom.bootstrap import Services
from dayloom.infra.errors import Invalid
from dayloom.preferences.models import Preferences
from dayloom.web.calendars_page import CalendarsView, view_calendars
from dayloom.web.forms import Choice, Field, typed
from dayloom.web.hours_page import HoursView, NewHours, view_hours
from dayloom.web.model_page import ModelView, view_model
from dayloom.web.rules_page import RulesView, view_rules
from dayloom.web.settings_fields import SECTIONS, as_posted, zones

TITLES = {
    "planning": ("Planning", "How tight a day may be, and who decides when it changes."),
    "clock": ("Language and times", "How you write and read them."),
    "context": (
        "Context",
        "Whatever a good assistant would know of you. What is read as a rule is listed below.",
    ),
}
THEMES = (
    Choice(value="", label="Like the system"),
    Choice(value="light", label="Light"),
    Choice(value="dark", label="Dark"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One form of preferences."""

    name: str
    title: str
    intro: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """The whole page."""

    sections: Mapping[str, SectionView]
    hours: tuple[HoursView, ...]
    calendars: CalendarsView
    rules: RulesView
    model: ModelView
    theme: Field
    zones: tuple[str, ...]
    new_hours: NewHours = field(default_factory=NewHours)


def view_section(name: str, preferences: Preferences) -> SectionView:
    title, intro = TITLES[name]
    now = as_posted(name, preferences)
    fields = tuple(replace(s.field, value=now[s.name]) for s in SECTIONS[name])
    return SectionView(name=name, title=title, intro=intro, fields=fields)


def view_typed(name: str, given: Mapping[str, str], error: Invalid) -> SectionView:
    """Return the section as it was typed, with the complaint beside its field."""
    title, intro = TITLES[name]
    fields = typed((s.field for s in SECTIONS[name]), given, error)
    return SectionView(name=name, title=title, intro=intro, fields=fields)


def view_settings(s: Services, cookies: Mapping[str, str]) -> SettingsView:
    preferences = s.preferences.require()
    return SettingsView(
        sections={name: view_section(name, preferences) for name in SECTIONS},
        hours=tuple(view_hours(one) for one in s.preferences.hour_maps()),
        calendars=view_calendars(s),
        rules=view_rules(s),
        model=view_model(s),
        theme=Field(name="theme", label="Look", value=cookies.get("theme", ""), choices=THEMES),
        zones=zones(),
    )
