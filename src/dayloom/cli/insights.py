"""`dayloom history` and `dayloom insights`: the days that were, and what they tell."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dayloom.bootstrap import Services
from dayloom.cli.insights_text import print_insights, print_past_days
from dayloom.cli.output import Json, print_json
from dayloom.cli.session import read
from dayloom.insights.service import MOST_DAYS
from dayloom.wire.history import HistoryShown, show_history
from dayloom.wire.insights import InsightsShown, show_insights

history = typer.Typer(add_completion=False)
insights = typer.Typer(add_completion=False)

Days = Annotated[
    int, typer.Option(min=1, max=MOST_DAYS, metavar="NUMBER", help="So many days, with the last.")
]


def _read_day(value: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise typer.BadParameter(f"“{value}” is no day; write it as 2026-11-23.") from None


@history.command()
def show_past(
    last: Annotated[
        date | None,
        typer.Argument(parser=_read_day, metavar="DAY", help="The newest day; else today."),
    ] = None,
    days: Days = 7,
    *,
    as_json: Json = False,
) -> None:
    """Show planned and worked time by day, the newest first."""

    def unit(s: Services) -> HistoryShown:
        return show_history(s.insights.history(last=last, days=days), _zone(s))

    shown = read(unit)
    if as_json:
        print_json(shown)
    else:
        print_past_days(shown)


@insights.command()
def show_all(days: Days = 7, *, as_json: Json = False) -> None:
    """Say what the last days tell: dates, focus, estimates, room, and what models cost."""

    def unit(s: Services) -> InsightsShown:
        return show_insights(s.insights.tell(days), _zone(s))

    shown = read(unit)
    if as_json:
        print_json(shown)
    else:
        print_insights(shown)


def _zone(s: Services) -> ZoneInfo:
    return ZoneInfo(s.preferences.require().time_zone)
