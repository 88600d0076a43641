"""`python -m bench.model_faults`: typing tasks while the model misbehaves in every way we know.

Each row is a fresh server whose model fails like that all the time. The ratio is to a server
that has no model. "Too long" is by how much the longest call outlasted its deadline.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

from bench.server import Browser, percentile, served
from tests.model_server import Fault, serving_models

WARM_UP = 50  # tasks before the first that counts
MEASURED = 200
PAUSE = 0.1  # seconds; still many times what a person types
DEADLINE = 5  # seconds, the shortest that can be set
PATIENCE = 40.0
FAULTS = (
    Fault.RATE_LIMITED,
    Fault.RATE_LIMITED_AN_HOUR,
    Fault.SERVER_ERROR,
    Fault.HANG,
    Fault.DRIP,
    Fault.CUT,
    Fault.GARBAGE,
    Fault.WRONG_SCHEMA,
    Fault.HUGE,
    Fault.OTHER_IDS,
    Fault.TRUNCATED,
    Fault.UNAUTHORIZED,
)


def main() -> None:
    for line in table():
        print(line, flush=True)


def table() -> Iterator[str]:
    """Measure, and yield the lines of a table as they come."""
    with served() as (browser, _):
        bare = _create(browser)
    yield "| the model | p50 ms | p99 ms | p99 against none | calls | longest s | too long by s |"
    yield "|---|---|---|---|---|---|---|"
    yield f"| none | {_ms(bare, 0.5)} | {_ms(bare, 0.99)} | 1.0 × | 0 | – | – |"
    with serving_models() as models:
        for fault in (None, *FAULTS):
            models.fault = fault
            settings = {
                "DAYLOOM_LLM_BASE_URL": models.url,
                "DAYLOOM_LLM_MODEL": "small",
                "DAYLOOM_LLM_TIMEOUT": str(DEADLINE),
            }
            with served(**settings) as (browser, _):
                taken = _create(browser)
                yield _row(fault, taken, bare, _calls(browser))


def _row(
    fault: Fault | None, taken: list[float], bare: list[float], calls: list[dict[str, Any]]
) -> str:
    longest = max(call["duration_ms"] for call in calls) / 1e3
    ratio = percentile(taken, 0.99) / percentile(bare, 0.99)
    return (
        f"| {fault or 'answers'} | {_ms(taken, 0.5)} | {_ms(taken, 0.99)} | {ratio:.1f} × "
        f"| {len(calls)} | {longest:.2f} | {max(0.0, longest - DEADLINE):.2f} |"
    )


def _ms(taken: list[float], share: float) -> str:
    return f"{percentile(taken, share) * 1e3:.1f}"


def _create(browser: Browser) -> list[float]:
    taken = []
    for number in range(WARM_UP + MEASURED):
        begin = time.perf_counter()
        status, answer = browser.post(
            "/api/v1/tasks", {"text": f"Write chapter {number} some time soon"}
        )
        taken.append(time.perf_counter() - begin)
        if status != 201:
            raise RuntimeError(f"creating a task answered {status}: {answer[:200]!r}")
        time.sleep(PAUSE)
    return taken[WARM_UP:]


def _calls(browser: Browser) -> list[dict[str, Any]]:
    """Return the calls of models, once there are some."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        _, answer = browser.get("/api/v1/executions")
        calls: list[dict[str, Any]] = json.loads(answer)["executions"]
        if calls:
            return calls
        time.sleep(PAUSE)
    raise RuntimeError("no call of the model was recorded")


if __name__ == "__main__":
    main()
