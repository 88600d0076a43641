"""Recorded models, good and hostile: whatever they say, what rules got right stays right."""

from pathlib import Path

import pytest

from dayloom.evaluation.models import from_tape
from dayloom.evaluation.running import Studio
from dayloom.evaluation.scenarios import Layer
from dayloom.evaluation.tapes import FOLDER, PromptChanged, read_tape, write_tape
from tests.evaluation.ratchet import lost, measured
from tests.waiting import run

PATIENCE = 300.0
TAPES = sorted(FOLDER.glob("*.jsonl"))


@pytest.mark.parametrize("file", TAPES, ids=lambda file: file.stem)
def test_no_model_does_harm(tmp_path: Path, file: Path) -> None:
    async def replay() -> None:
        performer = from_tape(file)
        found = await measured(Studio(tmp_path), performer, *Layer)
        await performer.close()
        assert (found["harm"], found["violations"], found["unsteady"]) == (0, 0, 0)
        assert found["calls"]["asked"] > 0
        assert lost(performer.name, found) == []

    run(replay(), patience=PATIENCE)


def test_there_are_tapes_of_all_kinds() -> None:
    labels = [read_tape(file).label for file in TAPES]

    assert {label.name for label in labels} >= {"good", "hostile", "small"}
    assert all(label.provenance and label.licence and label.scenarios for label in labels)


def test_a_changed_prompt_is_told_and_not_guessed(tmp_path: Path) -> None:
    tape = read_tape(FOLDER / "good.jsonl")
    write_tape(tmp_path / "empty.jsonl", tape.label, [])

    async def replay() -> None:
        performer = from_tape(tmp_path / "empty.jsonl")
        try:
            await measured(Studio(tmp_path), performer, Layer.TASK)
        finally:
            await performer.close()

    with pytest.raises(PromptChanged, match=r"tools\.record_tapes good"):
        run(replay(), patience=PATIENCE)
