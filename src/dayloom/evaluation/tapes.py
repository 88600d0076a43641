"""Answers of models, kept with the hash of what was asked: no network, the same every time."""

import hashlib
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from dayloom.infra.errors import Conflict
from dayloom.infra.outbound import Sent

FOLDER = Path(str(files("dayloom.evaluation"))) / "tapes"
RECORD = "python -m tools.record_tapes"


class PromptChanged(Conflict):
    """What is asked is not on the tape: since it was recorded, the prompt has changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)

    @classmethod
    def on(cls, tape: str, scenario: str) -> Self:
        """Return the error for a tape and the scenario that it does not hold."""
        return cls(
            f"The tape “{tape}” holds no answer to what is asked in {scenario}: the prompt has "
            f"changed. Record it again with “{RECORD} {tape}”."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One answer. `key` is the hash of its question, `scenario` tells people where it belongs."""

    key: str
    scenario: str
    text: str
    finish: str = "stop"
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a tape is: whose answers, how they came about, and which scenarios it covers."""

    name: str
    model: str
    provenance: str
    licence: str
    mode: str
    scenarios: tuple[str, ...]


class Played:
    """A recorded answer, as a server would send it."""

    status = 200
    reason = "OK"

    def __init__(self, take: Take, *, streamed: bool) -> None:
        kind = "text/event-stream" if streamed else "application/json"
        self.headers = [("content-type", kind)]
        self._pieces = list(_stream(take) if streamed else _whole(take))

    async def chunks(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


class Tape:
    """Answers from a file. `missed` counts the questions that are not on it."""

    def __init__(self, label: Label, takes: Sequence[Take]) -> None:
        self.label = label
        self.missed = 0
        self._takes = {take.key: take for take in takes}

    @asynccontextmanager
    async def send(self, sent: Sent) -> AsyncIterator[Played]:
        """Yield the answer to a question."""
        body = json.loads(sent.body)
        take = self._takes.get(key_of(body))
        self.missed += take is None
        yield Played(take or SILENCE, streamed=bool(body.get("stream")))

    async def close(self) -> None:
        """Nothing is open."""


SILENCE = Take(key="", scenario="", text="", finish="length")


def key_of(body: Mapping[str, Any]) -> str:
    """Return the hash of what is asked, whoever is asked."""
    asked = [body["messages"], body.get("response_format")]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def read_tape(file: Path) -> Tape:
    first, *others = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    label = Label(**{**first, "scenarios": tuple(first["scenarios"])})
    return Tape(label, [Take(**take) for take in others])


def write_tape(file: Path, label: Label, takes: Sequence[Take]) -> None:
    parts = [asdict(label), *map(asdict, takes)]
    lines = [json.dumps(part, ensure_ascii=False) for part in parts]
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _whole(take: Take) -> Iterator[bytes]:
    message = {"role": "assistant", "content": take.text}
    choice = {"index": 0, "message": message, "finish_reason": take.finish}
    yield json.dumps(_envelope(take) | {"choices": [choice], "usage": _usage(take)}).encode()


def _stream(take: Take) -> Iterator[bytes]:
    for delta, finish in (({"content": take.text}, None), ({}, take.finish)):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        yield _event(_envelope(take) | {"choices": [choice]})
    yield _event(_envelope(take) | {"choices": [], "usage": _usage(take)})
    yield b"data: [DONE]\n\n"


def _event(data: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode()


def _envelope(take: Take) -> dict[str, Any]:
    return {"id": take.key[:12], "object": "chat.completion", "created": 0, "model": "tape"}


def _usage(take: Take) -> dict[str, int]:
    return {
        "prompt_tokens": take.tokens_in,
        "completion_tokens": take.tokens_out,
        "total_tokens": take.tokens_in + take.tokens_out,
    }
