"""A person who insists: every act is repeated until it is acknowledged, and then remembered."""

import http.client
from collections import Counter
from random import Random
from typing import Any

from tests.processes.serving import PATIENCE, Answer, Json, Served
from tests.waiting import wait_until

OPEN, STARTED, COMPLETED = "open", "started", "completed"


class Person:
    """Adds, starts, stops and completes tasks over REST, and knows what must be true since."""

    def __init__(self, served: Served, chance: Random) -> None:
        self._served = served
        self._chance = chance
        self.titles: dict[int, str] = {}
        self.statuses: dict[int, str] = {}
        self.starts: Counter[int] = Counter()
        self.repeated = 0

    def act(self) -> None:
        """Do one thing that a person may do now."""
        unfinished = [task for task, status in self.statuses.items() if status != COMPLETED]
        act = self._chance.choice((self.add, self.add, self.start, self.stop, self.complete))
        if act == self.add or not unfinished:
            self.add()
        else:
            act(self._chance.choice(unfinished))

    def add(self, *_: int) -> int:
        """Add a task under a key that makes repeating it harmless."""
        number = len(self.titles) + 1
        given = {
            "title": f"Task {number}",
            "duration_minutes": self._chance.randrange(5, 180, 5),
            "priority": self._chance.randint(0, 10),
        }
        added = self._insist("POST", "/tasks", given, Idempotency_Key=f"key-{number}")
        self.titles[added["id"]] = added["title"]
        self.statuses[added["id"]] = OPEN
        task_id: int = added["id"]
        return task_id

    def start(self, task: int) -> None:
        self._insist("POST", f"/tasks/{task}/timer")
        if self.statuses[task] != STARTED:
            self._rest()
            self.starts[task] += 1
            self.statuses[task] = STARTED

    def stop(self, task: int) -> None:
        self._insist("DELETE", f"/tasks/{task}/timer")
        self.statuses[task] = OPEN

    def complete(self, task: int) -> None:
        self._insist("POST", f"/tasks/{task}/completion")
        self.statuses[task] = COMPLETED

    def _rest(self) -> None:
        """Note that whatever runs is stopped by a start."""
        running = [task for task, status in self.statuses.items() if status == STARTED]
        self.statuses.update(dict.fromkeys(running, OPEN))

    def _insist(self, method: str, path: str, body: object = None, **headers: str) -> Json:
        answers: list[Answer] = []

        def is_acknowledged() -> bool:
            try:
                answers.append(self._served.ask(method, f"/api/v1{path}", body, **headers))
            except (OSError, http.client.HTTPException):
                self.repeated += 1
            return bool(answers)

        wait_until(is_acknowledged, f"{method} {path} is acknowledged", patience=PATIENCE)
        [answer] = answers
        assert answer.status in (200, 201), (method, path, answer.body)
        return answer.body


def all_tasks(served: Served) -> list[dict[str, Any]]:
    """Return every task there is."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = served.get(f"/tasks?limit=500&cursor={cursor}")
        found += page["tasks"]
        cursor = page["next_cursor"]
    return found
