"""A person says something in the conversation: what is done, and what waits for a click?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dayloom.accounts.changes import CHAT, REPLAN
from dayloom.bootstrap import Services
from dayloom.chat.models import CommandState, Role
from dayloom.evaluation.checking import broken_rules
from dayloom.evaluation.found import Found
from dayloom.evaluation.reading import told
from dayloom.evaluation.stage import Stage
from dayloom.tasks.models import Task

WEIGHTY = {"create", "start", "stop", "complete", "delete", "move"}
Commands = Sequence[Mapping[str, Any]]


async def converse(stage: Stage) -> Found:
    """Say it, let it be answered, and let the plan follow."""
    said = stage.scenario.say
    before = stage.read(_newest_task)
    stage.write(lambda services: services.chat.send(said))
    await stage.settle(CHAT, REPLAN)
    commands = stage.read(_commands)
    zone = stage.scenario.zone
    found = stage.read(lambda services: list(_told(services, commands, before, zone)))
    return Found(
        values={"op": found, "command": found, "done": [c for c in found if not c["waits"]]},
        violations=(*broken_rules(stage), *_unasked(commands)),
        calls=stage.executions(),
    )


def _newest_task(services: Services) -> int:
    return max((task.id for task in services.tasks.unfinished()), default=0)


def _commands(services: Services) -> Commands:
    """Return what the last answer did or proposes."""
    answers = [m for m in services.chat.messages() if m.role is Role.ASSISTANT]
    commands = answers[-1].commands if answers else []
    alive = (CommandState.DONE, CommandState.PROPOSED)
    return [command for command in commands if command["state"] in alive]


def _told(
    services: Services, commands: Commands, before: int, zone: ZoneInfo
) -> Iterator[dict[str, Any]]:
    """Yield the commands in the plain values of the scenarios."""
    fresh = iter(sorted(t.id for t in services.tasks.unfinished() if t.id > before))
    for command in commands:
        waits = command["state"] == CommandState.PROPOSED
        told_of = {"op": command["op"], "task": command.get("task_id"), "waits": waits}
        if command["op"] == "create":
            made = None if waits else next(fresh, None)
            told_of |= _new(services, made, command, zone)
        if command["op"] == "move":
            told_of["start"] = _start(services.tasks.require(command["task_id"]), zone)
        yield told_of


def _new(
    services: Services, made: int | None, command: Mapping[str, Any], zone: ZoneInfo
) -> dict[str, Any]:
    """Return the task that was made, or the one that would be."""
    if made is not None:
        return told(services.tasks.require(made), zone)
    draft = services.capture.read(command["text"])[0]
    return {"title": draft.title}


def _start(task: Task, zone: ZoneInfo) -> str | None:
    if not task.pins:
        return None
    return f"{datetime.fromisoformat(task.pins[0][0]).astimezone(zone):%Y-%m-%dT%H:%M}"


def _unasked(commands: Commands) -> Iterator[str]:
    """Yield a sentence for what was done at once though it should have waited for a click."""
    done = [c["op"] for c in commands if c["state"] == CommandState.DONE and c["op"] in WEIGHTY]
    if "delete" in done:
        yield "A task was deleted without a click."
    if len(done) > 1:
        yield f"{', '.join(done)} were done at once without a click."
