"""`python -m bench.pricing`: what it takes to say what a place costs, and how a typed line fits.

A week of 100 tasks, and one of 1,000. The baseline of a price is one `plan_earliest` of the same
problem; that of a typed line is reading it alone.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote as escape

from bench.server import percentile, served
from dayloom.bootstrap import Container, Services, bootstrap
from dayloom.infra.settings import Settings
from dayloom.language import read_lines
from dayloom.planning.earliest import plan_earliest
from dayloom.plans.inputs import PlanInputs, load_inputs
from dayloom.plans.pricing import quote
from dayloom.plans.problem import build_problem
from dayloom.plans.wishing import Wish

SIZES = (100, 1000)
PLACES = 30
ROUNDS = 5
LINES = (
    "Write chapter {n} 30m due in {days} days p8 #work",
    "Call number {n} 10 min due in {days} days",
    "Read paper {n} 20m in the mornings",
    "Prepare workshop {n} 1h in 30-60m chunks must be done in {days} days",
    "Tidy shelf {n} 15m",
)
PER_DAY = 12  # tasks for each day from now to the last due date
TYPED = (
    ("fits beside all", "Note 20m due in 90 days"),
    ("fits if others make room", "Answer the auditors 4h must be done in 2 days p9"),
    ("will be late", "Answer the auditors 9h due today p9"),
)


def main() -> None:
    print("| tasks | | p50 ms | p95 ms | p50 against its baseline |")
    print("|---|---|---|---|---|")
    for size in SIZES:
        with TemporaryDirectory() as folder:
            for line in rows(size, Path(folder)):
                print(line, flush=True)
    print(_over_http())


def rows(size: int, folder: Path) -> Iterator[str]:
    container = bootstrap(Settings(data_dir=folder, time_zone="Europe/Berlin"))
    asyncio.run(container.write(partial(_fill, size=size)))
    load = partial(load_inputs, account_id=container.account_id, now=container.clock.now())
    inputs = asyncio.run(container.db.read(load))
    problem = build_problem(inputs)
    base = _taken(lambda: plan_earliest(problem), ROUNDS)
    yield _row(size, "`plan_earliest` of the same problem", base, base)
    yield _row(size, "price of a place", list(_priced(inputs)), base)
    service = _taken(_asked(container, inputs), PLACES)
    yield _row(size, "price of a place, with reading everything", service, base)
    yield from _typing(container, size)


def _fill(s: Services, *, size: int) -> None:
    for number in range(size):
        s.capture.add_lines(_line(number))


def _line(number: int) -> str:
    return LINES[number % len(LINES)].format(n=number, days=1 + number // PER_DAY)


def _places(inputs: PlanInputs) -> Iterator[Wish]:
    """Yield places all over a week, most of them taken."""
    for number in range(PLACES):
        task = inputs.tasks[number * 7 % len(inputs.tasks)]
        start = inputs.now + timedelta(minutes=30) + number * timedelta(minutes=165)
        yield Wish(task_id=task.id, start=start)


def _priced(inputs: PlanInputs) -> Iterator[float]:
    for wish in _places(inputs):
        yield from _taken(partial(quote, inputs, wish), 1)


def _asked(container: Container, inputs: PlanInputs) -> Callable[[], object]:
    wishes = cycle(list(_places(inputs)))
    return lambda: asyncio.run(container.prices.quote([next(wishes)]))


def _typing(container: Container, size: int) -> Iterator[str]:
    context = asyncio.run(container.read(lambda s: s.capture.context))
    for name, text in TYPED:
        alone = _taken(partial(read_lines, text, context), 12)
        whole = _taken(partial(_preview, container, text), 12)
        yield _row(size, f"preview of a typed line that {name}", whole, alone)


def _preview(container: Container, text: str) -> object:
    return asyncio.run(container.read(lambda s: s.capture.preview(text)))


def _over_http() -> str:
    """Return the row of the REST call, with a worker planning beside it."""
    with served() as (browser, _):
        for number in range(SIZES[0]):
            browser.post("/api/v1/tasks", {"text": _line(number)})
        begin = datetime.now().astimezone() + timedelta(hours=1)
        starts = (begin + number * timedelta(minutes=165) for number in range(PLACES))
        paths = [
            f"/api/v1/tasks/{1 + number * 7 % SIZES[0]}/price?start={escape(start.isoformat())}"
            for number, start in enumerate(starts)
        ]
        health = _taken(lambda: browser.get("/ready"), PLACES)
        asked = [seconds for path in paths for seconds in _taken(partial(browser.get, path), 1)]
    return _row(SIZES[0], "`GET /tasks/{id}/price` over HTTP, against `/ready`", asked, health)


def _taken(act: Callable[[], object], rounds: int) -> list[float]:
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return taken


def _row(size: int, name: str, taken: list[float], base: list[float]) -> str:
    half, high = (percentile(taken, share) for share in (0.5, 0.95))
    ratio = half / percentile(base, 0.5)
    return f"| {size:,} | {name} | {1e3 * half:.1f} | {1e3 * high:.1f} | {ratio:.1f} × |"


if __name__ == "__main__":
    main()
