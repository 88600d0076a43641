"""What the process of `dayloom evaluate` runs. It is named, never imported: it loads it all."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dayloom.evaluation.chats import converse
from dayloom.evaluation.choosing import configured, forget_environment
from dayloom.evaluation.contexts import read_context
from dayloom.evaluation.found import Found
from dayloom.evaluation.judging import Verdict, judge
from dayloom.evaluation.models import Performer, at_endpoint, from_tape
from dayloom.evaluation.plans import plan_day
from dayloom.evaluation.recording import Recorder
from dayloom.evaluation.report import report
from dayloom.evaluation.scenarios import Layer, Scenario, load
from dayloom.evaluation.stage import Stage, Stages, prepare
from dayloom.evaluation.tapes import FOLDER, Label, write_tape
from dayloom.evaluation.tasks import read_task
from dayloom.infra.errors import NotFound
from dayloom.language.program.lazy import LazyDoor

PERFORMANCES: Mapping[Layer, Callable[[Stage], Awaitable[Found]]] = {
    Layer.TASK: read_task,
    Layer.CHAT: converse,
    Layer.CONTEXT: read_context,
    Layer.PLAN: plan_day,
}
RULES = "rules"


class Studio:
    """Measures scenarios, each on a stage of its own, first by rules and then with a model."""

    def __init__(self, folder: Path) -> None:
        self._stages = Stages(folder)
        self._by_rules: dict[str, Found] = {}

    async def measure(self, scenario: Scenario, performer: Performer | None) -> Verdict:
        """Return the verdict on a model, None standing for rules alone."""
        if scenario.id not in self._by_rules:
            self._by_rules[scenario.id] = await self._perform(scenario, None)
        rules = self._by_rules[scenario.id]
        if performer is None:
            return judge(scenario, rules, None)
        performer.begin(scenario)
        found = await self._perform(scenario, performer)
        performer.check(scenario)
        return judge(scenario, rules, found)

    async def _perform(self, scenario: Scenario, performer: Performer | None) -> Found:
        with self._stages.set_up(scenario, performer or LazyDoor()) as stage:
            await prepare(stage)
            if performer is not None:
                stage.connect(performer.settings(stage.account_id))
            return await PERFORMANCES[scenario.layer](stage)


@dataclass(kw_only=True)
class Session:
    """What one evaluation does: who performs, what, and what was found so far."""

    studio: Studio
    folder: TemporaryDirectory[str]
    loop: asyncio.Runner = field(default_factory=asyncio.Runner)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    performers: Mapping[str, Performer | None] = field(default_factory=dict)
    recorder: Recorder | None = None
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)


_sessions: list[Session] = []


def warm_up() -> None:
    """Do nothing: `open_session` does it all."""


def open_session(
    model: str, layers: Sequence[str], only: Sequence[str]
) -> list[tuple[str, list[str]]]:
    """Make ready, and return who performs which scenarios, by name. Raises `DayloomError`.

    With `only`, scenarios of other names are left out.
    """
    chosen = {s.id: s for s in load(list(map(Layer, layers))) if not only or s.id in only}
    if not chosen:
        raise NotFound("There is no such scenario.")
    performers, recorder = _performers(model)
    folder = TemporaryDirectory(prefix="dayloom-evaluate-")
    forget_environment(folder.name)
    session = Session(
        studio=Studio(Path(folder.name)),
        folder=folder,
        scenarios=chosen,
        performers=performers,
        recorder=recorder,
        verdicts={name: [] for name in performers},
    )
    _sessions.append(session)
    cast = [(name, _covered(session, performer)) for name, performer in performers.items()]
    return [(name, scenarios) for name, scenarios in cast if scenarios]


def measure(name: str, scenario_id: str) -> dict[str, Any]:
    """Return the verdict on one scenario. Raises `PromptChanged`."""
    session = _sessions[-1]
    scenario = session.scenarios[scenario_id]
    verdict = session.loop.run(session.studio.measure(scenario, session.performers[name]))
    session.verdicts[name].append(verdict)
    return verdict.to_json()


def result(name: str) -> dict[str, Any]:
    """Return all verdicts on a performer together."""
    return report(_sessions[-1].verdicts[name])


def record(name: str, file: str, provenance: str, licence: str) -> int:
    """Write what was heard to a tape, and return how many answers it holds."""
    session = _sessions[-1]
    if session.recorder is None:
        return 0
    takes = list(session.recorder.takes.values())
    label = Label(
        name=Path(file).stem,
        model=name,
        provenance=provenance,
        licence=licence,
        mode=session.recorder.mode,
        scenarios=tuple(verdict.id for verdict in session.verdicts[name]),
    )
    write_tape(Path(file), label, takes)
    return len(takes)


def _performers(model: str) -> tuple[dict[str, Performer | None], Recorder | None]:
    if model == RULES:
        return {RULES: None}, None
    if model == "replay":
        tapes = [from_tape(file) for file in sorted(FOLDER.glob("*.jsonl"))]
        return {RULES: None} | {tape.name: tape for tape in tapes}, None
    if model.endswith(".jsonl"):
        tape = from_tape(Path(model))
        return {tape.name: tape}, None
    endpoint, allow = configured()
    performer, recorder = at_endpoint(endpoint, allow=allow)
    return {performer.name: performer}, recorder


def _covered(session: Session, performer: Performer | None) -> list[str]:
    found = session.scenarios.values()
    return [scenario.id for scenario in found if performer is None or performer.covers(scenario)]
