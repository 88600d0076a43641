"""Record the tapes of `dayloom evaluate`: `python -m tools.record_tapes [good|hostile|small]`.

`good` and `hostile` are answers that were written by hand, in `tools/answers`: recording finds
out which question each of them answers. `small` asks a real small model, for minutes.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dayloom.evaluation.judging import Verdict
from dayloom.evaluation.models import Performer
from dayloom.evaluation.recording import Recorder
from dayloom.evaluation.running import Studio
from dayloom.evaluation.scenarios import load
from dayloom.evaluation.tapes import FOLDER, Label, Played, Take, write_tape
from dayloom.infra.outbound import Exchange, Exchanging, Sent
from dayloom.language.program.endpoint import Endpoint, OutputMode, Provider
from tools import small_model

ANSWERS = Path(__file__).parent / "answers"
PORT = 8162
LARGEST_ANSWER = 4 << 20
SMALL = tuple(f"t{number:03}" for number in range(1, 127, 9))
HEARD = {"truncated", "unreadable"}  # failures of an answer that was heard


@dataclass(frozen=True)
class Plot:
    """A tape to be: its label without scenarios, and where the answers come from."""

    label: Mapping[str, str]
    scenarios: Sequence[str]
    endpoint: Endpoint
    exchange: Exchanging


class Hand:
    """Answers by what was written for the scenario that is played."""

    def __init__(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        self._answers = answers
        self.scenario = ""

    @asynccontextmanager
    async def send(self, sent: Sent) -> AsyncIterator[Played]:
        asked = json.loads(sent.body)
        answer = self._answers[self.scenario]
        take = Take(
            key="",
            scenario=self.scenario,
            text=_text(answer, asked),
            finish=answer.get("finish", "stop"),
            tokens_in=len(sent.body) // 4,
            tokens_out=len(_text(answer, asked)) // 4,
        )
        yield Played(take, streamed=bool(asked.get("stream")))

    async def close(self) -> None:
        """Nothing is open."""


def _text(answer: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """Return what is answered: as JSON, or between marks where it is streamed."""
    if "text" in answer:
        return str(answer["text"])
    if not asked.get("stream"):
        return json.dumps(answer["fields"], ensure_ascii=False)
    fields = answer["fields"].items()
    parts = [f"[[ ## {k} ## ]]\n{v if isinstance(v, str) else json.dumps(v)}" for k, v in fields]
    return "\n\n".join([*parts, "[[ ## completed ## ]]"])


def by_hand(name: str) -> tuple[Plot, Hand]:
    lines = (ANSWERS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    label, *answers = map(json.loads, lines)
    written = {answer["scenario"]: answer for answer in answers}
    endpoint = Endpoint(
        provider=Provider.OPENAI,
        base_url="http://hand.invalid/v1",
        model=label["model"],
        mode=OutputMode.JSON_SCHEMA,
    )
    hand = Hand(written)
    return Plot(label=label, scenarios=list(written), endpoint=endpoint, exchange=hand), hand


def by_small_model(base_url: str) -> Plot:
    label = {
        "name": "small",
        "model": small_model.NAME,
        "provenance": "real answers of a model far too small for this, recorded with xllamacpp",
        "licence": "Apache-2.0",
    }
    endpoint = Endpoint(
        provider=Provider.OPENAI,
        base_url=base_url,
        model=small_model.NAME,
        mode=OutputMode.JSON_SCHEMA,
        max_tokens=400,
        timeout=timedelta(minutes=4),
    )
    exchange = Exchange(base_url, limit_bytes=LARGEST_ANSWER)
    return Plot(label=label, scenarios=SMALL, endpoint=endpoint, exchange=exchange)


async def record(plot: Plot, hand: Hand | None = None) -> None:
    """Play the scenarios and write the tape."""
    recorder = Recorder(plot.exchange, mode=plot.endpoint.mode.value)
    performer = Performer(plot.label["name"], plot.endpoint, recorder)
    chosen = [scenario for scenario in load() if scenario.id in plot.scenarios]
    with TemporaryDirectory() as folder:
        studio = Studio(Path(folder))
        heard = []
        for scenario in chosen:
            if hand is not None:
                hand.scenario = scenario.id
            verdict = await studio.measure(scenario, performer)
            heard += [scenario.id] if HEARD.issuperset(verdict.calls.failures) else []
            _tell(verdict)
    await performer.close()
    label = Label(
        **plot.label,
        mode=plot.endpoint.mode.value,
        scenarios=tuple(heard),
    )
    FOLDER.mkdir(exist_ok=True)
    write_tape(FOLDER / f"{label.name}.jsonl", label, list(recorder.takes.values()))
    print(f"{label.name}: {len(recorder.takes)} answers to {len(heard)} scenarios")


def _tell(verdict: Verdict) -> None:
    told = f"harm {', '.join(verdict.harm)}" if verdict.harm else verdict.feedback
    print(f"{verdict.id}  {verdict.score:.2f}  {told}", flush=True)


def main(names: Sequence[str]) -> None:
    for name in names or ("good", "hostile", "small"):
        if name == "small":
            with small_model.serving_small_model(PORT) as base_url:
                asyncio.run(record(by_small_model(base_url)))
        else:
            asyncio.run(record(*by_hand(name)))


if __name__ == "__main__":
    main(sys.argv[1:])
