"""What rules alone understand: nobody loses a reading without seeing it here."""

from pathlib import Path

import pytest

from dayloom.evaluation.running import Studio
from dayloom.evaluation.scenarios import Layer, load
from tests.evaluation.ratchet import lost, measured
from tests.waiting import run

PATIENCE = 300.0
FEWEST = {Layer.TASK: 120, Layer.CHAT: 40, Layer.CONTEXT: 30, Layer.PLAN: 15}


@pytest.mark.parametrize("layer", list(Layer))
def test_rules_understand_no_less_than_before(tmp_path: Path, layer: Layer) -> None:
    found = run(measured(Studio(tmp_path), None, layer), patience=PATIENCE)

    assert (found["harm"], found["violations"], found["unsteady"]) == (0, 0, 0)
    assert lost("rules", found) == []


@pytest.mark.parametrize("layer", list(Layer))
def test_every_scenario_says_where_it_comes_from(layer: Layer) -> None:
    scenarios = load([layer])

    assert len(scenarios) >= FEWEST[layer]
    assert len({scenario.id for scenario in scenarios}) == len(scenarios)
    for scenario in scenarios:
        assert scenario.source.licence
        assert scenario.source.provenance
        assert scenario.gold.fields, f"{scenario.id} expects nothing"
