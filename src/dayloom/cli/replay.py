"""`dayloom replay`: a stored problem, solved again."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from dayloom.cli.output import BAD, FAINT, GOOD, LOUD, Json, console, line
from dayloom.infra.errors import Invalid, Unavailable
from dayloom.infra.process_pool import ChildDied, ProcessPool, TookTooLong
from dayloom.planning.problem import InvalidProblem

app = typer.Typer(add_completion=False)
REPLAY = "dayloom.plans.replaying"
UNLIKE = {
    "solved": "The stored plan was solved from this input; another version may have made it.",
    "instant": "The stored plan was the instant one; another version may have made it.",
    "arranged": "The stored plan was arranged at once around what was decided, not solved.",
    "taken_over": "The stored plan was accepted as it was shown, not solved from this input.",
}
LONGEST = timedelta(minutes=5)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="From “dayloom plan export”.")],
    *,
    as_json: Json = False,
) -> None:
    """Solve a stored problem again: the same file gives the same plan, bit for bit."""
    try:
        problem = file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file} cannot be read ({error.strerror}).") from error
    solved = asyncio.run(_solve(problem))
    if as_json:
        typer.echo(json.dumps(solved, ensure_ascii=False, indent=2))
    else:
        _print(solved)


async def _solve(problem: bytes) -> dict[str, Any]:
    """Solve in a process of its own, the only one that loads the solver."""
    pool = ProcessPool(warm_up=f"{REPLAY}:warm_up")
    try:
        solved: dict[str, Any] = await pool.run(f"{REPLAY}:replay", problem, timeout=LONGEST)
    except InvalidProblem as error:
        raise Invalid(f"This file holds no problem: {error}.") from error
    except (ChildDied, TookTooLong) as error:
        raise Unavailable(f"The solver did not finish: {error}.") from error
    finally:
        await pool.close()
    return solved


def _print(solved: dict[str, Any]) -> None:
    out = console()
    for interval, task_id in _slots(solved["plan"]):
        out.print(line((interval, GOOD), f"  task {task_id}"))
        for reason in solved["reasons"].get(task_id, []):
            out.print(line((f"    {reason}", FAINT)))
    for task_id, reason in solved["unplaced"].items():
        out.print(line((f"task {task_id}: {reason}", BAD)))
    out.print()
    terms = [f"{name} {cost:,}" for name, cost in solved["objective"].items() if name != "total"]
    out.print(line((f"Objective {solved['objective']['total']:,}", LOUD), f": {', '.join(terms)}"))
    gap = "" if solved["gap"] is None else f", gap {solved['gap']:.2%}"
    bound = "unknown" if solved["bound"] is None else f"{solved['bound']:,}"
    out.print(f"Bound {bound}{gap}. {solved['certificate']}")
    for violation in solved["violations"]:
        out.print(line((f"Violated: {violation}", BAD)))
    if solved["stored"]:
        out.print(line((_of_stored(solved["stored"]), LOUD)))
    checked = "" if solved["violations"] else "The checker accepts it. "
    out.print(line((f"{checked}Fingerprint {solved['fingerprint'][:16]}", FAINT)))


def _of_stored(stored: dict[str, Any]) -> str:
    """Say whether this is the plan that was stored, and if not, whether it should be."""
    if stored["same"]:
        return "The same as stored: yes, bit for bit."
    return f"The same as stored: no. {UNLIKE.get(stored['made'], '')}".rstrip()


def _slots(plan: dict[str, Any]) -> list[tuple[str, int]]:
    return [(_span(*slot["interval"]), slot["task_id"]) for slot in plan.get("slots", [])]


def _span(start: str, end: str) -> str:
    begin, finish = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return f"{begin:%a %Y-%m-%d %H:%M}–{finish:%H:%M}Z"
