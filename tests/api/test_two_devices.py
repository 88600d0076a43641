"""Two devices change one account in any order, while the planner plans: nothing is lost, no plan
breaks a rule, and what is stale is refused in a sentence."""

import asyncio
from contextlib import ExitStack
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from starlette.testclient import TestClient

from dayloom.accounts.changes import REPLAN, REQUEST
from dayloom.asgi import make_app
from dayloom.infra import work
from dayloom.infra.settings import Settings
from dayloom.infra.work import Claim, Overtaken
from dayloom.planning.budget import Budget
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.solve import plan
from dayloom.plans.jobs import ReplanJob
from tests.api.conftest import HERE, Body
from tests.conftest import MONDAY_MORNING, Desk
from tests.databases import new_container
from tests.fakes import FakeClock

HOUR = timedelta(hours=1)
DEVICES = st.sampled_from(("laptop", "phone"))
PICKS = st.integers(0, 99)
PARTS = st.sets(PICKS, max_size=3)
EDITS = st.one_of(
    st.builds(lambda n: {"duration_minutes": n}, st.sampled_from((15, 30, 60, 90, 120))),
    st.builds(lambda n: {"title": f"Renamed {n}"}, st.integers(0, 9)),
    st.builds(lambda n: {"notes": f"Note {n}"}, st.integers(0, 9)),
    st.builds(lambda n: {"priority": n}, st.integers(0, 10)),
)


async def solve(problem: Problem) -> Plan:
    return plan(problem, Budget.quick())


def is_open(task: Body) -> bool:
    return bool(task["status"] != "completed")


class TwoDevices(RuleBasedStateMachine):
    """What each device knows, and what was acknowledged to any of them."""

    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        folder = self.closing.enter_context(TemporaryDirectory())
        self.clock = FakeClock(MONDAY_MORNING)
        made = Settings(data_dir=Path(folder), time_zone="Europe/Berlin")
        self.container = new_container(made, clock=self.clock)
        self.closing.callback(self.container.db.close)
        opened = TestClient(make_app(self.container), base_url=HERE)
        self.client = self.closing.enter_context(opened)
        self.acknowledged: dict[int, Body] = {}
        self.tags: dict[tuple[str, int], str] = {}
        self.questions: dict[str, Body] = {}
        self.buffer = 0

    def teardown(self) -> None:
        self.closing.close()

    def ask(self, method: str, path: str, body: object = None, **more: Any) -> tuple[int, Any]:
        """Return the status and the answer; a refusal always says what is wrong."""
        sent = {"json": body, **more} if body is not None else more
        response = self.client.request(method, f"/api/v1{path}", **sent)
        assert response.status_code < 500, response.text
        answer: Any = response.json() if response.content else None
        if response.status_code >= 400:
            assert answer["detail"].endswith((".", "?")), answer
        return response.status_code, answer

    def pick(self, number: int) -> int:
        return sorted(self.acknowledged)[number % len(self.acknowledged)]

    @initialize()
    def begin(self) -> None:
        for minutes in (120, 60, 120, 30):
            self.add(minutes=minutes, due=None)
        for device in ("laptop", "phone"):
            for number in range(len(self.acknowledged)):
                self.look(device, number)
        self.plan_as_the_worker_does(REPLAN)
        self.look_at_the_plan("laptop")

    @rule(minutes=st.sampled_from((30, 60, 120, 180)), due=st.sampled_from((None, 40)))
    def add(self, minutes: int, due: int | None) -> None:
        given: Body = {"title": f"Task {len(self.acknowledged)}", "duration_minutes": minutes}
        if due:
            given["deadline"] = (self.clock.now() + due * HOUR).isoformat()
        status, task = self.ask("POST", "/tasks", given)
        assert status == 201
        kept = {"title": given["title"], "duration_minutes": minutes, "notes": "", "priority": 5}
        self.acknowledged[task["id"]] = {name: task[name] for name in kept}
        assert self.acknowledged[task["id"]] == kept

    @precondition(lambda self: self.acknowledged)
    @rule(device=DEVICES, number=PICKS)
    def look(self, device: str, number: int) -> None:
        """Open a task; the device knows it as it is now."""
        response = self.client.get(f"/api/v1/tasks/{self.pick(number)}")
        self.tags[device, self.pick(number)] = response.headers["ETag"]

    @precondition(lambda self: self.acknowledged)
    @rule(device=DEVICES, number=PICKS, edit=EDITS)
    def edit(self, device: str, number: int, edit: Body) -> None:
        """Save what a device shows: refused if, and only if, it shows an older task."""
        task_id = self.pick(number)
        shown = self.tags.get((device, task_id), "")
        present = self.client.get(f"/api/v1/tasks/{task_id}").headers["ETag"]
        headers = {"If-Match": shown}
        status, _ = self.ask("PATCH", f"/tasks/{task_id}", edit, headers=headers)
        assert status == (200 if shown == present else 412)
        if status == 200:
            self.acknowledged[task_id] |= edit
        self.look(device, number)

    @precondition(lambda self: len(self.acknowledged) > 4)
    @rule(number=PICKS)
    def delete(self, number: int) -> None:
        task_id = self.pick(number)
        assert self.ask("DELETE", f"/tasks/{task_id}")[0] == 204
        del self.acknowledged[task_id]
        assert self.ask("GET", f"/tasks/{task_id}")[0] == 404

    @precondition(lambda self: self.acknowledged)
    @rule(number=PICKS, finish=st.booleans())
    def complete(self, number: int, *, finish: bool) -> None:
        path = f"/tasks/{self.pick(number)}/completion"
        assert self.ask("POST" if finish else "DELETE", path)[0] in (200, 409)

    @precondition(lambda self: self.acknowledged)
    @rule(number=PICKS, hours=st.integers(1, 30), free=st.booleans())
    def move(self, number: int, hours: int, *, free: bool) -> None:
        path = f"/tasks/{self.pick(number)}/pin"
        if free:
            assert self.ask("DELETE", path)[0] in (200, 404, 409)
            return
        start = (self.clock.now() + hours * HOUR).isoformat()
        assert self.ask("POST", path, {"start": start})[0] in (200, 404, 409)

    @rule(minutes=st.sampled_from((0, 10, 15)))
    def change_settings(self, minutes: int) -> None:
        assert self.ask("PATCH", "/settings", {"buffer_minutes": minutes})[0] == 200
        self.buffer = minutes

    @rule(kind=st.sampled_from((REPLAN, REQUEST)))
    def plan_as_the_worker_does(self, kind: str) -> None:
        desk = Desk(self.container)
        if kind == REQUEST:
            self.ask("POST", "/plan/proposals?wait_seconds=0", {})
        else:
            desk.write(lambda s: s.changes.plan_again())
        key = str(self.container.account_id)
        want = desk.read(lambda s: work.wanted(s.session, kind, key))
        job = ReplanJob(self.container.db, self.clock, solve)
        finish = asyncio.run(job(Claim(kind=kind, key=key, want=want)))
        if (unit := finish.unit) is None:
            return
        try:
            self.container.db.write_now(lambda session: unit(session))
        except Overtaken as error:
            raise AssertionError("nothing has changed meanwhile") from error

    @rule(device=DEVICES)
    def look_at_the_plan(self, device: str) -> None:
        now = self.clock.now()
        asyncio.run(self.container.plans.mark_seen(now, now + 100 * HOUR))
        _, shown = self.ask("GET", "/plan")
        if shown["pending"]:
            self.questions[device] = shown["pending"]

    @rule(device=DEVICES, hours=st.integers(3, 8), part=st.none() | PARTS)
    def something_urgent_comes_in(self, device: str, hours: int, part: set[int] | None) -> None:
        """It has a deadline where others lie that were seen: the planner asks, and is answered
        at once or later."""
        self.look_at_the_plan(device)
        self.clock.advance(timedelta(minutes=1))
        self.add(minutes=120, due=hours)
        self.plan_as_the_worker_does(REPLAN)
        self.look_at_the_plan(device)
        if part is not None:
            self.answer(device, part, no=False)

    @precondition(lambda self: self.questions)
    @rule(device=DEVICES, part=PARTS, no=st.booleans())
    def answer(self, device: str, part: set[int], *, no: bool) -> None:
        """Answer the question that a device shows, which may be an old one."""
        question = self.questions.pop(device, None)
        if question is None:
            return
        path, ids = f"/plan/proposals/{question['id']}", [c["id"] for c in question["changes"]]
        if no:
            assert self.ask("DELETE", path)[0] in (200, 404, 409)
            return
        chosen = sorted({ids[one % len(ids)] for one in part}) if ids else []
        body = {"changes": chosen} if chosen else {}
        status, said = self.ask("POST", f"{path}/acceptance", body)
        assert status in (200, 409)
        if status == 200 and said["state"] == "pending":
            self.questions[device] = said

    @rule()
    def undo(self) -> None:
        assert self.ask("POST", "/plan/undo")[0] in (200, 409)

    @rule(back=st.integers(0, 9))
    def take_back_one_of_the_last_changes(self, back: int) -> None:
        """What it gives back, or takes away, is what is acknowledged from then on."""
        _, shown = self.ask("GET", "/changes?limit=10")
        if back >= len(shown["changes"]):
            return
        entry = shown["changes"][back]
        status, _ = self.ask("POST", f"/changes/{entry['id']}/undo")
        assert status == 409 if entry["undone_at"] else status in (200, 404, 409)
        if status == 200:
            tasks = self.ask("GET", "/tasks?limit=500")[1]["tasks"]
            names = ("title", "duration_minutes", "notes", "priority")
            self.acknowledged = {task["id"]: {n: task[n] for n in names} for task in tasks}
            self.buffer = self.ask("GET", "/settings")[1]["buffer_minutes"]

    @rule(back=st.integers(0, 6))
    def go_back_to_an_earlier_plan(self, back: int) -> None:
        _, shown = self.ask("GET", "/plan/versions")
        if back < len(shown["plans"]):
            version = shown["plans"][back]["version"]
            assert self.ask("POST", f"/plan/versions/{version}/restoration")[0] in (201, 409)

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @invariant()
    def nothing_that_was_acknowledged_is_lost(self) -> None:
        _, listed = self.ask("GET", "/tasks?limit=500")
        found = {task["id"]: task for task in listed["tasks"]}
        for task_id, kept in self.acknowledged.items():
            task = found.get(task_id) or self.ask("GET", f"/tasks/{task_id}")[1]
            assert {name: task[name] for name in kept} == kept
        assert self.ask("GET", "/settings")[1]["buffer_minutes"] == self.buffer

    @invariant()
    def no_plan_breaks_a_rule(self) -> None:
        status, shown = self.ask("GET", "/plan/certificate")
        if status == 200:
            assert [one for one in shown["checks"] if one["broken"]] == []

    @invariant()
    def nothing_lies_under_anything_else(self) -> None:
        begin = (self.clock.now() - 100 * HOUR).isoformat()
        end = (self.clock.now() + 500 * HOUR).isoformat()
        _, shown = self.ask("GET", "/plan", params={"start": begin, "end": end})
        open_ = {t["id"] for t in self.ask("GET", "/tasks?limit=500")[1]["tasks"] if is_open(t)}
        slots = [one for one in shown["slots"] if one["task_id"] in open_]
        for before, after in pairwise(slots):
            assert before["end"] <= after["start"], (before, after)


TwoDevices.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
TestTwoDevices = TwoDevices.TestCase
