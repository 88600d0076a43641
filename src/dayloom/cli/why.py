"""`dayloom why`: why a task lies where it lies, or nowhere, and what another place would cost."""

from datetime import datetime
from typing import Annotated

import typer

from dayloom.bootstrap import Container, Services
from dayloom.cli.output import BAD, FAINT, GOOD, LOUD, Json, console, line, print_json
from dayloom.cli.saying import at as moment_at
from dayloom.cli.saying import clock_of, when
from dayloom.cli.session import run
from dayloom.cli.track import TaskId
from dayloom.infra.errors import Invalid
from dayloom.language import read
from dayloom.planning.why_not.diagnosis import Finding
from dayloom.plans.wishing import Wish
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.diagnoses import DiagnosisShown, WhyShown, show_why
from dayloom.wire.prices import PriceShown, show_price

app = typer.Typer(add_completion=False)
NOTHING = (None, Finding.UNKNOWN)  # was found out
FORMS = ("it at {words}", "it {words}")


@app.command(epilog='For example: dayloom why 7 --at "tomorrow 14:00"')
def why(
    task_id: TaskId,
    *,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="WHEN", help="Say what it would cost there: 14:00, Fri 9:00."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say why a task lies where it lies, or what it would cost to have it elsewhere."""
    if at is None:
        found, clock = run(lambda container: container.read(lambda s: _explained(s, task_id)))
        if as_json:
            print_json(found)
        else:
            _print(found, clock)
        return
    price, clock = run(lambda container: _priced(container, task_id, at))
    if as_json:
        print_json(price)
        return
    place = f"{price.title} {moment_at(clock, price.start)}"
    style = GOOD if price.is_free else BAD
    console().print(line((f"#{task_id}", FAINT), f"  {place}  ", (price.sentence, style)))


def _explained(s: Services, task_id: int) -> tuple[WhyShown, WallClock]:
    return show_why(s, task_id), clock_of(s)


async def _priced(container: Container, task_id: int, at: str) -> tuple[PriceShown, WallClock]:
    start, clock = await container.read(lambda s: (_moment(s, at), clock_of(s)))
    (quote,) = await container.prices.quote([Wish(task_id=task_id, start=start)])
    return show_price(quote, clock.zone), clock


def _moment(s: Services, words: str) -> datetime:
    """Return the moment that some words, or RFC 3339, name. Raises `Invalid`."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None:
        return moment
    for form in FORMS:
        draft = read(form.format(words=words), s.capture.context)
        if draft.title == "it" and draft.start:
            return draft.start.value
    raise Invalid(f"When is “{words}”? Say a time, such as 14:00 or “tomorrow 9:00”.")


def _print(found: WhyShown, clock: WallClock) -> None:
    out = console()
    for slot in found.slots:
        place = when(clock, slot.start, slot.end)
        out.print(line((f"#{found.task_id}", FAINT), f"  {found.title}  ", (place, GOOD)))
        for reason in slot.reasons:
            out.print(line((f"    {reason}", FAINT)))
    if not found.slots:
        missing = found.unplaced.reason if found.unplaced else "It has no place in the plan."
        known = missing if found.diagnosis.finding in NOTHING else found.diagnosis.sentence
        out.print(line((f"#{found.task_id}", FAINT), f"  {found.title}  ", (known, BAD)))
    elif found.diagnosis.finding:
        out.print(line((f"    {found.diagnosis.sentence}", BAD)))
    _print_diagnosis(found.diagnosis)


def _print_diagnosis(found: DiagnosisShown) -> None:
    """Print what is in its way, and what `dayloom repair` would do about it."""
    out = console()
    for member in found.members:
        out.print(line((f"    in its way: {member.text}", FAINT)))
    for one in found.repairs:
        out.print(line((f"    {one.number}  ", LOUD), one.sentence))
        out.print(line((f"       {one.effect}", FAINT)))
    if found.repairs:
        out.print(line((f"    dayloom repair {found.task_id} NUMBER does one of them.", FAINT)))
