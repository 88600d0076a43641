"""A real model on the wire, far too small to be of use: it is reached, and can break nothing."""

from pathlib import Path

import pytest

from dayloom.evaluation.models import at_endpoint
from dayloom.evaluation.running import Studio
from dayloom.evaluation.scenarios import Layer, load
from dayloom.language.program.endpoint import Endpoint, OutputMode, Provider
from tests.processes.serving import free_port
from tests.waiting import run
from tools.small_model import NAME, serving_small_model

PATIENCE = 300.0
ASKED = ("t001", "t010")  # by the second, both the sure and the open fields are at stake


@pytest.mark.processes
def test_a_real_model_is_reached_and_places_nothing_wrongly(tmp_path: Path) -> None:
    async def ask(base_url: str) -> None:
        endpoint = Endpoint(
            provider=Provider.OPENAI,
            base_url=base_url,
            model=NAME,
            mode=OutputMode.JSON_SCHEMA,
            max_tokens=300,
        )
        performer, recorder = at_endpoint(endpoint)
        studio = Studio(tmp_path)
        chosen = [scenario for scenario in load([Layer.TASK]) if scenario.id in ASKED]
        verdicts = [await studio.measure(scenario, performer) for scenario in chosen]
        await performer.close()

        assert recorder.takes, "the server answered"
        assert [verdict.calls.asked for verdict in verdicts] == [1, 1]
        assert [verdict.harm for verdict in verdicts] == [(), ()]
        assert [verdict.violations for verdict in verdicts] == [(), ()]
        for verdict in verdicts:
            clean = {"truncated", "unreadable", "deadline"}
            assert verdict.calls.whole or clean.issuperset(verdict.calls.failures)

    with serving_small_model(free_port()) as base_url:
        run(ask(base_url), patience=PATIENCE)
