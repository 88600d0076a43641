"""`dayloom evaluate`: how well words are understood, by rules and by a model."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dayloom.cli.evaluate_text import print_report
from dayloom.cli.output import Json, console
from dayloom.infra.errors import Invalid, Unavailable
from dayloom.infra.process_pool import ChildDied, ProcessPool, TookTooLong

app = typer.Typer(add_completion=False)
STUDIO = "dayloom.evaluation.running"
LONGEST = timedelta(minutes=15)
Reports = dict[str, dict[str, Any]]


class Set(StrEnum):
    """What is measured."""

    TASK = "task"
    CHAT = "chat"
    CONTEXT = "context"
    PLAN = "plan"


@app.command()
def evaluate(
    *,
    model: Annotated[
        str,
        typer.Option(
            metavar="rules|replay|configured|FILE",
            help="Rules alone, the tapes that come with Dayloom, your model, or a tape of yours.",
        ),
    ] = "rules",
    sets: Annotated[
        list[Set] | None, typer.Option("--set", help="Only these sets; may be repeated.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this scenario; may be repeated.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the model's answers as a tape.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure what is understood. Fails where a model harms, or a plan breaks a hard rule."""
    if record is not None and model != "configured":
        raise Invalid("Only a configured model can be recorded: --model configured.")
    names = [one.value for one in sets or tuple(Set)]
    evaluation = _Evaluation(_known(model), (names, only or []), record)
    reports = asyncio.run(evaluation.run(quiet=as_json))
    if as_json:
        typer.echo(json.dumps(reports, ensure_ascii=False, indent=2))
    else:
        print_report(reports)
    if any(report["harm"] or report["violations"] for report in reports.values()):
        raise typer.Exit(1)


def _known(model: str) -> str:
    """Return the model by its name, or the whole path of a tape. Raises `Invalid`."""
    if model in ("rules", "replay", "configured"):
        return model
    if not model.endswith(".jsonl") or not Path(model).is_file():
        raise Invalid(f"“{model}” is neither rules, replay, configured nor the file of a tape.")
    return str(Path(model).resolve())


class _Evaluation:
    """One run, in a process of its own: the only one that loads DSPy and the solver."""

    def __init__(
        self, model: str, chosen: tuple[list[str], list[str]], record: Path | None
    ) -> None:
        self._model = model
        self._chosen = chosen
        self._record = record
        self._pool = ProcessPool(warm_up=f"{STUDIO}:warm_up")

    async def run(self, *, quiet: bool) -> Reports:
        try:
            cast = await self._do("open_session", self._model, *self._chosen)
            with _progress(quiet=quiet) as progress:
                for name, scenarios in cast:
                    await self._perform(progress, name, scenarios)
            reports = {name: await self._do("result", name) for name, _ in cast}
            await self._keep(cast[-1][0])
        except (ChildDied, TookTooLong) as error:
            raise Unavailable(f"The evaluation did not finish: {error}.") from error
        finally:
            await self._pool.close()
        return reports

    async def _perform(self, progress: Progress, name: str, scenarios: Sequence[str]) -> None:
        bar = progress.add_task(name, total=len(scenarios))
        for scenario in scenarios:
            await self._do("measure", name, scenario)
            progress.advance(bar)

    async def _keep(self, name: str) -> None:
        if self._record is not None:
            file = str(self._record.resolve())
            await self._do("record", name, file, "recorded by dayloom evaluate", "as the model's")

    async def _do(self, function: str, *args: object) -> Any:
        return await self._pool.run(f"{STUDIO}:{function}", *args, timeout=LONGEST)


def _progress(*, quiet: bool) -> Progress:
    out = console()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=out,
        transient=True,
        disable=quiet or not out.is_terminal,
    )
