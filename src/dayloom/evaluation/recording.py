"""Listens while a model is asked, and keeps its answers for a tape."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from dayloom.evaluation.tapes import Take, key_of
from dayloom.infra.outbound import Answering, Exchanging, Sent


class Heard:
    """An answer that is kept while it is passed on."""

    def __init__(self, reply: Answering) -> None:
        self.status = reply.status
        self.reason = reply.reason
        self.headers = reply.headers
        self.body = b""
        self._reply = reply

    async def chunks(self) -> AsyncIterator[bytes]:
        async for chunk in self._reply.chunks():
            self.body += chunk
            yield chunk


class Recorder:
    """Passes on what is asked and answered; whole answers become `takes` of `scenario`."""

    def __init__(self, inner: Exchanging, *, mode: str) -> None:
        self.takes: dict[str, Take] = {}
        self.scenario = ""
        self.mode = mode
        self._inner = inner

    @asynccontextmanager
    async def send(self, sent: Sent) -> AsyncIterator[Heard]:
        async with self._inner.send(sent) as reply:
            heard = Heard(reply)
            yield heard
        if heard.status == 200:
            self._keep(json.loads(sent.body), heard.body)

    async def close(self) -> None:
        await self._inner.close()

    def _keep(self, asked: Mapping[str, Any], body: bytes) -> None:
        answers = _answers(body, streamed=bool(asked.get("stream")))
        choices = [choice for answer in answers for choice in answer.get("choices", ())]
        parts = [choice.get("message") or choice.get("delta") or {} for choice in choices]
        usage: dict[str, int] = next((a["usage"] for a in reversed(answers) if a.get("usage")), {})
        key = key_of(asked)
        self.takes[key] = Take(
            key=key,
            scenario=self.scenario,
            text="".join(part.get("content") or "" for part in parts),
            finish=next((c["finish_reason"] for c in choices if c.get("finish_reason")), "stop"),
            tokens_in=usage.get("prompt_tokens", 0),
            tokens_out=usage.get("completion_tokens", 0),
        )


def _answers(body: bytes, *, streamed: bool) -> list[dict[str, Any]]:
    if not streamed:
        return [json.loads(body)]
    lines = [line.removeprefix("data: ") for line in body.decode().splitlines()]
    return [json.loads(line) for line in lines if line.startswith("{")]
