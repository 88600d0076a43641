"""A real server that speaks the OpenAI protocol and does what a test wants, good and bad.

    with serving_models() as server:
        server.says({"reading": {"due_text": "by Friday"}, "slot": 2})  # to everybody
        server.says(Fault.CUT, "…", model="small")                      # in turn; the last stays
        server.answer = lambda asked: {"reply": asked.key}              # decided by the request
        server.fault = Fault.HANG                                       # everything, also /models

By hand: `python -m tests.model_server --mode hang --port 8160`.
"""

import argparse
import asyncio
import json
import threading
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any

from tests.model_replies import (
    EMPTY,
    UNOFFERED_IDS,
    WRONG_TYPES,
    Answerer,
    Asked,
    Dialect,
    Fault,
    Gate,
    Json,
    Reply,
    Says,
    as_says,
    in_pieces,
    written,
)
from tests.model_wire import Line, as_json
from tests.waiting import GLANCE, wait_until

__all__ = ["Asked", "Dialect", "Fault", "Gate", "ModelServer", "Reply", "Says", "serving_models"]

HOST = "127.0.0.1"
MIB = 1 << 20
HUGE = 10 * MIB
DRIP_PAUSE = 0.05
CREATED = 1_795_420_800
STATUSES: Mapping[Fault, tuple[int, str, dict[str, str]]] = {
    Fault.RATE_LIMITED: (429, "Rate limit exceeded", {}),
    Fault.RATE_LIMITED_A_SECOND: (429, "Rate limit exceeded", {"Retry_After": "1"}),
    Fault.RATE_LIMITED_AN_HOUR: (429, "Rate limit exceeded", {"Retry_After": "3600"}),
    Fault.SERVER_ERROR: (500, "Something broke", {}),
    Fault.UNAUTHORIZED: (401, "No such key", {}),
    Fault.BILLING: (402, "Insufficient credits", {}),
    Fault.NO_MODEL: (404, "No such model", {}),
}
TAKEN: Mapping[Dialect, tuple[str, ...]] = {
    Dialect.JSON_SCHEMA: ("json_schema", "json_object"),
    Dialect.JSON_OBJECT: ("json_object",),
    Dialect.PLAIN: (),
}
OF_CONTENT: Mapping[Fault, Says] = {
    Fault.WRONG_SCHEMA: Says(fields=WRONG_TYPES),
    Fault.OTHER_IDS: Says(fields=UNOFFERED_IDS),
    Fault.HUGE: Says(text="x" * HUGE, pieces=["x" * MIB] * 10, tokens_out=HUGE // 4),
    Fault.TRUNCATED: Says(
        text='{"reading": {"title": "Call Jo', finish="length", pieces=['{"reading": {"ti']
    ),
}


class ModelServer:
    """Runs in a thread of its own; everything public may be read and set from the test's."""

    def __init__(self, *, port: int = 0) -> None:
        self.port = port
        self.models = ["small", "large"]
        self.keys: set[str] | None = None  # None takes every key, and none
        self.dialect = Dialect.JSON_SCHEMA
        self.refusal = 400  # what a refused `response_format` gets; some servers say 500
        self.fault: Fault | None = None
        self.answer: Answerer | None = None
        self.requests: list[Asked] = []
        self.connections = 0
        self.inflight = 0
        self.most_inflight = 0
        self.answered = 0
        self.left = 0  # requests whose client went away before the answer was whole
        self._scripts: dict[str, list[Reply]] = {}
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="model-server")

    @property
    def url(self) -> str:
        """Return the base URL, as it is given to clients."""
        return f"http://{HOST}:{self.port}/v1"

    @property
    def chats(self) -> list[Asked]:
        """Return the requests for an answer, without those for the list of models."""
        return [asked for asked in self.requests if asked.method == "POST"]

    def says(self, *replies: Reply, model: str = "") -> None:
        """Answer in turn, the last one for ever; for one model, or for all that have none."""
        self._scripts[model] = list(replies)

    def wait_for(self, chats: int) -> None:
        """Wait until so many questions have arrived."""
        wait_until(lambda: len(self.chats) >= chats, f"{chats} questions arrived")

    def start(self) -> None:
        self._thread.start()
        self._call(self._open()).result()

    def stop(self) -> None:
        """End every answer that is under way, and leave nothing behind."""
        self._call(self._close()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, main: Coroutine[Any, Any, None]) -> Future[None]:
        return asyncio.run_coroutine_threadsafe(main, self._loop)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._accept, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        assert self._server is not None
        self._server.close()
        await asyncio.sleep(0)  # lets what was accepted a moment ago become a task
        while self._tasks:
            for task in list(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()
        await self._loop.shutdown_asyncgens()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = self._loop.create_task(self._serve(Line(reader, writer)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # a task that is cancelled before its first step closes nothing itself
        task.add_done_callback(lambda _: writer.transport.abort())

    async def _serve(self, line: Line) -> None:
        try:
            while (asked := await line.read()) is not None:
                self.requests.append(asked)
                if not await self._answered_while_there(line, asked):
                    return
        finally:
            await line.close()

    async def _answered_while_there(self, line: Line, asked: Asked) -> bool:
        """Answer unless the client goes away; tell whether it is still there."""
        answering = self._loop.create_task(_to_the_end(self._answer(line, asked)))
        leaving = self._loop.create_task(line.left())
        self.inflight += 1
        self.most_inflight = max(self.most_inflight, self.inflight)
        try:
            await asyncio.wait([answering, leaving], return_when=asyncio.FIRST_COMPLETED)
            whole = answering.done() and answering.result()
            self.answered += whole
            self.left += not answering.done()
            return whole
        finally:
            self.inflight -= 1
            answering.cancel()
            leaving.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)

    async def _answer(self, line: Line, asked: Asked) -> None:
        refusal = self._refusal(asked)
        if refusal is not None:
            await _refuse(line, *refusal)
        elif self.fault is not None and self.fault not in OF_CONTENT:
            await _fail(line, asked, self.fault)
        elif asked.path.endswith("/models"):
            listed = [{"id": name, "object": "model", "created": CREATED} for name in self.models]
            await line.answer(200, as_json({"object": "list", "data": listed}))
        else:
            await self._reply(line, asked)

    def _refusal(self, asked: Asked) -> tuple[int, str] | None:
        if self.keys is not None and asked.key not in self.keys:
            return 401, "No such key"
        if not asked.path.endswith(("/chat/completions", "/models")):
            return 404, f"There is nothing at {asked.path}"
        if asked.format not in (None, "text", *TAKEN[self.dialect]):
            return self.refusal, f"This response_format is unavailable: {asked.format}"
        return None

    async def _reply(self, line: Line, asked: Asked) -> None:
        reply = self.fault or self._next(asked)
        if isinstance(reply, Fault) and reply not in OF_CONTENT:
            await _fail(line, asked, reply)
            return
        says = OF_CONTENT[reply] if isinstance(reply, Fault) else as_says(reply)
        await (_stream(line, asked, says) if asked.streamed else _whole(line, asked, says))

    def _next(self, asked: Asked) -> Reply:
        if self.answer is not None:
            return self.answer(asked)
        script = self._scripts.get(asked.model) or self._scripts.get("") or [EMPTY]
        return script.pop(0) if len(script) > 1 else script[0]


async def _to_the_end(answering: Coroutine[Any, Any, None]) -> bool:
    """Tell whether an answer could be sent to its end."""
    try:
        await answering
    except ConnectionError:
        return False
    return True


async def _refuse(line: Line, status: int, message: str, **headers: str) -> None:
    error = {"message": message, "type": "error", "code": status}
    await line.answer(status, as_json({"error": error}), **headers)


async def _fail(line: Line, asked: Asked, fault: Fault) -> None:
    """Answer badly."""
    if fault in STATUSES:
        status, message, headers = STATUSES[fault]
        await _refuse(line, status, message, **headers)
    elif fault is Fault.HANG:
        await asyncio.Event().wait()
    elif fault is Fault.DRIP:
        await _drip(line, asked)
    elif fault is Fault.CUT:
        await _cut(line, asked)
    elif fault is Fault.GARBAGE:
        await line.answer(200, b"<html><body>Welcome to the proxy</body></html>", "text/html")
    elif fault is Fault.ERROR_IN_200:
        await line.answer(200, as_json({"error": {"message": "Upstream broke", "code": 502}}))
    else:
        await line.answer(200, as_json(_envelope(asked) | {"choices": []}))


async def _drip(line: Line, asked: Asked) -> None:
    """Send what any reader takes for an answer that is about to begin, for ever."""
    if asked.streamed:
        await line.begin_stream()
    else:
        await line.begin(200, "application/json", Content_Length=str(MIB))
    while True:
        await (line.chunk(b": wait\n\n") if asked.streamed else line.send(b" "))
        await asyncio.sleep(DRIP_PAUSE)


async def _cut(line: Line, asked: Asked) -> None:
    if asked.streamed:
        await _stream(line, asked, Says(text="I will look into this at once.", cut_after=3))
        return
    await line.begin(200, "application/json", Content_Length="1000")
    await line.send(b'{"id": "chat-1", "choices": [{"mess')
    line.cut()


async def _whole(line: Line, asked: Asked, says: Says) -> None:
    message = {"role": "assistant", "content": written(says, asked)}
    choice = {"index": 0, "message": message, "finish_reason": says.finish}
    await line.answer(
        200, as_json(_envelope(asked) | {"choices": [choice], "usage": _usage(says)})
    )


async def _stream(line: Line, asked: Asked, says: Says) -> None:
    await line.begin_stream()
    pieces = list(says.pieces or in_pieces(written(says, asked)))
    try:
        for sent, piece in enumerate(pieces[: says.cut_after]):
            await _pass(says.gate, sent)
            await line.event(_chunk(asked, {"content": piece}))
            _count(says.gate, sent + 1)
    except (asyncio.CancelledError, ConnectionError):
        if says.gate is not None:
            says.gate.left = True
        raise
    if says.cut_after is not None:
        line.cut()
    await line.event(_chunk(asked, {}, says.finish))
    await line.event(_envelope(asked) | {"choices": [], "usage": _usage(says)})
    await line.event("[DONE]")
    await line.chunk(b"")


async def _pass(gate: Gate | None, sent: int) -> None:
    while gate is not None and gate.open <= sent:
        await asyncio.sleep(GLANCE)


def _count(gate: Gate | None, sent: int) -> None:
    if gate is not None:
        gate.sent = sent


def _chunk(asked: Asked, delta: Json, finish: str | None = None) -> Json:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _envelope(asked) | {"object": "chat.completion.chunk", "choices": [choice]}


def _envelope(asked: Asked) -> Json:
    return {
        "id": "chat-1",
        "object": "chat.completion",
        "created": CREATED,
        "model": asked.model,
    }


def _usage(says: Says) -> Json:
    usage: Json = {
        "prompt_tokens": says.tokens_in,
        "completion_tokens": says.tokens_out,
        "total_tokens": says.tokens_in + says.tokens_out,
    }
    return usage if says.cost is None else usage | {"cost": says.cost}


@contextmanager
def serving_models(*, port: int = 0) -> Iterator[ModelServer]:
    """Serve meanwhile."""
    server = ModelServer(port=port)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def main() -> None:
    """Serve until Ctrl-C, and tell what is asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.model_server")
    parser.add_argument("--mode", choices=["good", *Fault], default="good")
    parser.add_argument("--dialect", choices=list(Dialect), default=Dialect.JSON_SCHEMA)
    parser.add_argument("--port", type=int, default=8160)
    parser.add_argument("--says", help="the answer: a text, or the fields as a JSON object")
    given = parser.parse_args()
    with serving_models(port=given.port) as server:
        server.dialect = Dialect(given.dialect)
        server.fault = None if given.mode == "good" else Fault(given.mode)
        if given.says is not None:
            server.says(json.loads(given.says) if given.says.startswith("{") else given.says)
        print(f"{server.url} ({given.mode}); Ctrl-C ends it", flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
        print(f"\n{len(server.requests)} requests")


if __name__ == "__main__":
    main()
