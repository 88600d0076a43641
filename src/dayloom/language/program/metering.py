"""One entry of the ledger for each request, whatever becomes of it."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dspy import lm15

from dayloom.language.program.execution import Attempt, Failure
from dayloom.language.program.ledger import CALL, Call, without_key
from dayloom.language.program.trouble import Trouble, diagnose, gibberish

MISREAD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
MILLION = 1_000_000
MOST_OF_ANYTHING = 1_000_000_000
OK = 200
LONGEST_TEXT = 80_000  # more than a model says in 10,000 tokens
TRUNCATED = "length"


class Meter:
    """Takes the answer to one request; `length` is that of its text so far."""

    def __init__(self, call: Call) -> None:
        self._call = call
        call.reply = ""
        self.length = 0
        self.tokens_in: int | None = None
        self.tokens_out: int | None = None
        self.cost: float | None = None

    def hear(self, text: str) -> None:
        """Note a piece of the text. Raises `Trouble` where it is more than a model says."""
        self.length += len(text)
        self._call.reply += text
        if self.length > LONGEST_TEXT:
            raise Trouble(Failure.UNREADABLE, f"The answer of {self._call.host} is far too long.")

    def take(self, answer: lm15.Response | lm15.StreamEndEvent) -> None:
        """Note what it cost. Raises `Trouble` where it is cut off."""
        usage = answer.usage
        self.tokens_in = _plausible(usage.input_tokens if usage else None)
        self.tokens_out = _plausible(usage.output_tokens if usage else None)
        self.cost = self._cost(answer.provider_data or {})
        if answer.finish_reason == TRUNCATED:
            limit = self._call.endpoint.max_tokens
            words = f"The answer is longer than the {limit} tokens that it may have."
            raise Trouble(Failure.TRUNCATED, words)

    def _cost(self, data: dict[str, Any]) -> float | None:
        """Return what the server says, or else the tokens at their price."""
        usage = data.get("usage")
        told = _plausible(usage.get("cost") if isinstance(usage, dict) else None)
        if told is not None:
            return float(told)
        endpoint = self._call.endpoint
        if endpoint.price_in is None or endpoint.price_out is None:
            return None
        spent = (self.tokens_in or 0) * endpoint.price_in
        return (spent + (self.tokens_out or 0) * endpoint.price_out) / MILLION


def _plausible(told: Any) -> Any:
    """Return a number that may be one of tokens or dollars, None for all else."""
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    return told if is_number and 0 <= told <= MOST_OF_ANYTHING else None


@contextmanager
def metered(*, streamed: bool = False) -> Iterator[Meter]:
    """Note one request of the call under way; raises its errors as `Trouble`."""
    call = CALL.get()
    call.status = None
    begun = time.perf_counter()
    meter, error = Meter(call), None
    try:
        yield meter
    except lm15.LM15Error as raised:
        call.trouble = _trouble(call, raised, begun=meter.length > 0)
        error = call.trouble.sentence
        raise call.trouble from None
    except MISREAD:
        call.trouble = gibberish(call.host)
        error = call.trouble.sentence
        raise call.trouble from None
    except (asyncio.CancelledError, GeneratorExit):
        error = "We hung up."
        raise
    finally:
        call.attempts.append(
            Attempt(
                duration_ms=round((time.perf_counter() - begun) * 1000),
                status=call.status,
                error=error,
                tokens_in=meter.tokens_in,
                tokens_out=meter.tokens_out,
                cost=meter.cost,
                streamed=streamed,
            )
        )


def _trouble(call: Call, error: lm15.LM15Error, *, begun: bool) -> Trouble:
    endpoint = call.endpoint
    if isinstance(error, lm15.StreamAssemblyError) and begun:
        trouble = Trouble(Failure.UNREACHABLE, f"{call.host} broke off in the middle.")
    else:
        has_key = bool(endpoint.api_key)
        trouble = diagnose(error, host=call.host, model=endpoint.model, has_key=has_key)
    trouble.sentence = without_key(trouble.sentence, endpoint)
    return trouble
