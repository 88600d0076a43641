"""`python -m bench.pages`: how long pages take with 200 tasks, against the lightest answer."""

import time

from bench.server import Browser, percentile, served

TASKS = 200
ROUNDS = 40
PAGES = ("/health", "/", "/week", "/tasks", "/settings")


def main() -> None:
    for line in table():
        print(line)


def table() -> list[str]:
    """Measure, and return the lines of a table with the ratio to `/health`."""
    with served() as (browser, _):
        for number in range(TASKS):
            browser.post("/api/v1/tasks", {"text": f"Task {number} 30m p{number % 11}"})
        measured = {page: _times(browser, page) for page in PAGES}
    least = percentile(measured[PAGES[0]][0], 0.5)
    rows = [f"| page, {TASKS} tasks | p50 ms | p95 ms | kB | p50 against /health |"]
    rows.append("|---|---|---|---|---|")
    for page, (taken, size) in measured.items():
        half, high = percentile(taken, 0.5), percentile(taken, 0.95)
        ratio = half / least
        rows.append(
            f"| {page} | {half * 1e3:.1f} | {high * 1e3:.1f} | {size / 1e3:.1f} | {ratio:.1f} × |"
        )
    return rows


def _times(browser: Browser, page: str) -> tuple[list[float], int]:
    taken, size = [], 0
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        status, body = browser.get(page)
        taken.append(time.perf_counter() - begin)
        if status != 200:
            raise RuntimeError(f"{page} answered {status}")
        size = len(body)
    return taken, size


if __name__ == "__main__":
    main()
