"""How much was understood when it was measured last: never less.

After an improvement, `python -m tests.evaluation.ratchet` writes down what is reached now.
"""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dayloom.evaluation.models import Performer, from_tape
from dayloom.evaluation.report import report
from dayloom.evaluation.running import Studio
from dayloom.evaluation.scenarios import Layer, load
from dayloom.evaluation.tapes import FOLDER

FILE = Path(__file__).parent / "ratchet.json"
Marks = dict[str, dict[str, int]]


def reached(measured: Mapping[str, Any]) -> Marks:
    """Return what is right, by layer and field."""
    return {
        name: {field: found["hit"] for field, found in layer["fields"].items()}
        | {"all of it": layer["whole"]["hit"]}
        for name, layer in measured["layers"].items()
    }


def held(who: str) -> Marks:
    marks: dict[str, Marks] = json.loads(FILE.read_text(encoding="utf-8"))
    return marks.get(who, {})


def lost(who: str, measured: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each mark that is not reached any more, and for each new one."""
    now, before = reached(measured), held(who)
    return [
        f"{who}, {layer}, {field}: {now.get(layer, {}).get(field, 0)}, once {mark}"
        for layer, marks in before.items()
        if layer in now
        for field, mark in marks.items()
        if now[layer].get(field, 0) < mark
    ]


async def measured(studio: Studio, performer: Performer | None, *layers: Layer) -> dict[str, Any]:
    """Return the report on a performer, or on rules alone."""
    scenarios = [s for s in load(layers) if performer is None or performer.covers(s)]
    return report([await studio.measure(scenario, performer) for scenario in scenarios])


async def _measure_all() -> dict[str, Marks]:
    with TemporaryDirectory() as folder:
        studio = Studio(Path(folder))
        found = {"rules": reached(await measured(studio, None, *Layer))}
        for file in sorted(FOLDER.glob("*.jsonl")):
            tape = from_tape(file)
            found[tape.name] = reached(await measured(studio, tape, *Layer))
            await tape.close()
    return found


if __name__ == "__main__":
    marks = asyncio.run(_measure_all())
    FILE.write_text(json.dumps(marks, indent=1) + "\n", encoding="utf-8")
