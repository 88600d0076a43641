"""`dayloom prioritize`: all open tasks ranked anew."""

import typer

from dayloom.bootstrap import Services
from dayloom.cli.output import GOOD, Json, console, line, print_json
from dayloom.cli.session import write
from dayloom.cli.working import remind_of_worker
from dayloom.wire.rankings import RankingShown

app = typer.Typer(add_completion=False)


@app.command()
def prioritize(*, as_json: Json = False) -> None:
    """Have all open tasks ranked: by your model, or without one by their dates.

    Priorities that you have set, by hand or in words, stay.
    """
    by_model = write(_ask)
    if as_json:
        print_json(RankingShown(by_model=by_model))
        return
    who = "Your model ranks" if by_model else "Their dates rank"
    console().print(line((f"{who} your open tasks in a moment.", GOOD)))
    remind_of_worker("the priorities stay as they are")


def _ask(s: Services) -> bool:
    return s.tasks.rank_all()
