"""What people say, and what they mean by it: the scenario files of this package."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from dayloom.evaluation.gold import Gold, gold_of

FOLDER = files("dayloom.evaluation") / "scenarios"


class Layer(StrEnum):
    """What is measured: a task read, an order done, a context read, or a plan made."""

    TASK = "task"
    CHAT = "chat"
    CONTEXT = "context"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a scenario comes from, and on which terms it may be used."""

    name: str
    licence: str
    provenance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Somebody `say`s something at a moment; `gold` is what is meant.

    `given` holds what is there already: `open_tasks`, `started` (an id), `calendar`, `context`,
    and the `notes` that a line comes with.
    Tasks that are open get their ids in order, from 1.
    """

    id: str
    layer: Layer
    source: Source
    now: datetime
    zone: ZoneInfo
    say: str
    gold: Gold
    given: Mapping[str, Any]
    tags: tuple[str, ...] = ()


def load(layers: Collection[Layer] = tuple(Layer)) -> tuple[Scenario, ...]:
    """Return the scenarios of these layers, in the order of their files."""
    return tuple(scenario for layer in Layer if layer in layers for scenario in _file(layer))


def _file(layer: Layer) -> Iterator[Scenario]:
    """Yield the scenarios of a file. What its first line says holds for all that do not."""
    lines = (FOLDER / f"{layer}.jsonl").read_text(encoding="utf-8").splitlines()
    first, *others = map(json.loads, lines)
    for line in others:
        yield _scenario(layer, {**first, **line})


def _scenario(layer: Layer, told: Mapping[str, Any]) -> Scenario:
    zone = ZoneInfo(told["tz"])
    now = datetime.fromisoformat(told["now"]).replace(tzinfo=zone)
    return Scenario(
        id=told["id"],
        layer=layer,
        source=Source(**told["source"]),
        now=now,
        zone=zone,
        say=told["say"],
        gold=gold_of(told),
        given=told,
        tags=tuple(told.get("tags", ())),
    )
