"""The engine under DSPy: our way out, our retries, our ledger, and no key of the environment."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import TypeAlias
from urllib.parse import urlsplit

import dspy
from dspy import lm15
from dspy.clients.engines import AsyncLM15Engine
from dspy.lm15 import AccessPolicy, OpenAIChatCompat, ProviderDefinition, RouterConfig

from dayloom.infra.outbound import Exchanging
from dayloom.language.program.endpoint import Endpoint, OutputMode, Provider
from dayloom.language.program.ledger import CALL
from dayloom.language.program.metering import metered
from dayloom.language.program.repair import digestible, require_digestible
from dayloom.language.program.retrying import backoff, retrying
from dayloom.language.program.transport import OutboundTransport

StreamEvent: TypeAlias = (
    lm15.StreamStartEvent | lm15.StreamDeltaEvent | lm15.StreamEndEvent | lm15.StreamErrorEvent
)
Connect: TypeAlias = Callable[[str], Exchanging]  # base URL -> connections
NAME = "dayloom"  # under which DSPy knows the server
NO_KEY = "none"  # what servers without keys are sent
OPENAI_ITSELF = "api.openai.com"
_FIXED_TEMPERATURE = re.compile(r"(^|/)(o\d|gpt-5)(?!.*-chat)")
_PREFIXES = {Provider.OPENROUTER: "openrouter/", Provider.OLLAMA: "ollama/"}


class MeteredEngine:
    """Asks one endpoint: at most `parallel` requests at once, each of them in the ledger."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        connect: Connect,
        backoff: Callable[[int], float] = backoff,
    ) -> None:
        self._transport = OutboundTransport(connect(endpoint.base_url))
        self._inner = AsyncLM15Engine(_config(endpoint, self._transport))
        self._model = f"{NAME}/{model_name(endpoint)}"
        self._slots = asyncio.Semaphore(endpoint.parallel)
        self._backoff = backoff

    async def complete(self, request: lm15.Request) -> lm15.Response:
        once = partial(self._complete, replace(request, model=self._model))
        return await retrying(once, remaining=CALL.get().remaining, backoff=self._backoff)

    async def stream(self, request: lm15.Request) -> AsyncIterator[StreamEvent]:
        """Yield what comes. Only what has not begun to come is tried again."""
        begin = partial(self._begin, replace(request, model=self._model))
        async with self._slots:
            first, rest = await retrying(
                begin, remaining=CALL.get().remaining, backoff=self._backoff
            )
            async with aclosing(rest):
                yield first
                async for event in rest:
                    yield event

    async def aclose(self) -> None:
        await self._inner.aclose()
        await self._transport.aclose()

    async def _complete(self, request: lm15.Request) -> lm15.Response:
        async with self._slots:
            with metered() as meter:
                response = await self._inner.complete(request)
                meter.take(response)
                meter.hear(response.text or "")
        reply = CALL.get().reply
        said = lm15.Message.assistant([lm15.TextPart(digestible(reply))]) if reply else None
        return replace(response, message=said) if said else response

    async def _begin(
        self, request: lm15.Request
    ) -> tuple[StreamEvent, AsyncGenerator[StreamEvent, None]]:
        events = self._events(request)
        return await anext(events), events

    async def _events(self, request: lm15.Request) -> AsyncGenerator[StreamEvent, None]:
        with metered(streamed=True) as meter:
            async with aclosing(self._inner.stream(request)) as events:
                async for event in events:
                    if event.type == "delta":
                        meter.hear(getattr(event.delta, "text", ""))
                    elif event.type == "end":
                        meter.take(event)
                        require_digestible(CALL.get().reply)
                    yield event


class Declared:
    """What the endpoint can, for DSPy to read; every call is an asynchronous one."""

    supports_function_calling = False
    supports_reasoning = False

    def __init__(self, mode: OutputMode) -> None:
        self.supports_response_schema = mode is OutputMode.JSON_SCHEMA
        format_ = set() if mode is OutputMode.PLAIN else {"response_format"}
        self.supported_params = frozenset({"max_tokens", "temperature"} | format_)

    def complete(self, request: lm15.Request) -> lm15.Response:
        raise lm15.ConfigurationError("models are only asked asynchronously")


def language_model(endpoint: Endpoint, engine: MeteredEngine) -> dspy.LM:
    """Return DSPy's handle: no cache, no retries of its own.

    It does not learn the model's name, from which it would guess limits of its own.
    """
    fixed = _FIXED_TEMPERATURE.search(endpoint.model)
    return dspy.LM(
        f"{NAME}/model",
        engine=Declared(endpoint.mode),
        async_engine=engine,
        cache=False,
        num_retries=0,
        max_tokens=endpoint.max_tokens,
        temperature=None if fixed else 0.0,
    )


def model_name(endpoint: Endpoint) -> str:
    """Return the name that the server knows, without the prefix that others give it."""
    prefix = _PREFIXES.get(endpoint.provider, "")
    bare = endpoint.model.removeprefix(prefix)
    return endpoint.model if endpoint.provider is Provider.OPENROUTER and "/" not in bare else bare


def _config(endpoint: Endpoint, transport: OutboundTransport) -> RouterConfig:
    """Describe the server; an empty environment, so that no key of it goes anywhere."""
    access = AccessPolicy(provider=NAME, base_url=endpoint.base_url.rstrip("/"))
    dialect = OpenAIChatCompat.preset(_preset(endpoint))
    return RouterConfig(
        env={},
        providers=(ProviderDefinition.chat(access, compat=dialect),),
        api_keys={NAME: endpoint.api_key or NO_KEY},
        transport=transport,
    )


def _preset(endpoint: Endpoint) -> str:
    """Return the dialect; that of vLLM is the one that most other servers take."""
    if endpoint.provider is Provider.OPENAI:
        itself = urlsplit(endpoint.base_url).hostname == OPENAI_ITSELF
        return "openai" if itself else "vllm"
    return endpoint.provider.value
