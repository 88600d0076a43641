"""`dayloom evaluate`: numbers for people and programs, and a status that a build can act on."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.model_server import ModelServer

ONE = ("--only", "t001")


@pytest.mark.processes
def test_rules_are_measured_without_a_model(shell: Shell) -> None:
    printed = shell.run("evaluate", *ONE, "--only", "x05")

    assert "Reading a task" in printed
    assert "Rules in the context" in printed
    assert "No harm, and no hard rule broken." in printed


@pytest.mark.processes
def test_the_configured_model_is_asked_and_recorded(
    shell: Shell, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "a-very-secret-key")
    monkeypatch.setenv("DAYLOOM_LLM_MODEL", "large")
    model_server.says({"reading": {"due_text": "by Saturday"}, "slot": 1, "reasoning": "Soon."})
    tape = tmp_path / "mine.jsonl"

    asked = shell.read("evaluate", *ONE, "--model", "configured", "--record", str(tape))
    questions = len(model_server.chats)
    played = shell.read("evaluate", *ONE, "--model", str(tape))

    assert asked["large"]["calls"]["whole"] == played["mine"]["calls"]["whole"] == 1
    assert asked["large"]["calls"]["copied"] == {"hit": 1, "of": 1}
    assert asked["large"]["layers"] == played["mine"]["layers"]
    assert len(model_server.chats) == questions, "a tape asks nobody"
    assert "a-very-secret-key" not in tape.read_text(encoding="utf-8")


@pytest.mark.processes
def test_a_tape_of_another_prompt_is_refused(shell: Shell, tmp_path: Path) -> None:
    label = {"name": "old", "model": "any", "provenance": "", "licence": "", "scenarios": ["t001"]}
    tape = tmp_path / "old.jsonl"
    tape.write_text(json.dumps({**label, "mode": "json_schema"}), encoding="utf-8")

    complaint = shell.run("evaluate", *ONE, "--model", str(tape), status=4)

    assert "the prompt has changed" in complaint


@pytest.mark.processes
def test_without_a_model_it_says_how_to_name_one(shell: Shell) -> None:
    complaint = shell.run("evaluate", *ONE, "--model", "configured", status=1)

    assert "No model is connected" in complaint


@pytest.mark.processes
def test_an_unknown_scenario_is_told(shell: Shell) -> None:
    assert "no such scenario" in shell.run("evaluate", "--only", "z999", status=3)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--model", "gpt"), "neither rules, replay, configured"),
        (("--model", "nowhere.jsonl"), "neither rules, replay, configured"),
        (("--record", "x.jsonl"), "Only a configured model can be recorded"),
    ],
)
def test_bad_words_are_told(shell: Shell, words: tuple[str, ...], complaint: str) -> None:
    assert complaint in shell.run("evaluate", *words, status=1)
