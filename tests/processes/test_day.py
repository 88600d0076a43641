"""A newcomer's day over REST: typed lines, a year of meetings, an urgent task, broken feeds."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.calendars.hostile import BUILDERS
from tests.processes import stored
from tests.processes.feeds import Feeds, feeding
from tests.processes.holding import Picture, moments
from tests.processes.person import all_tasks
from tests.processes.serving import DAYLOOM, PATIENCE, Served, serving
from tests.processes.year import BERLIN, DAY, Year, at, next_weekday
from tests.waiting import wait_until

pytestmark = pytest.mark.processes
Json = dict[str, Any]

LINES = """\
Prepare the quarterly slides 2h by {week} p8 #work
Tax return must be done by {fortnight} 6h in 1h chunks
Call the landlord 20m
Write thesis chapter 9h split into 60–120 min blocks by {month}
Review Ana's pull request 45m p7
Read chapter 3 30m p2
Standup notes every weekday 15m
Gym 3x a week 1h @personal
Water the plants every 3 days 10m @personal
Book the dentist 10m p9
Draft the contract 90 min must be done by {week}
Send the invoice 15m by tomorrow p9
Plan the offsite 2h mornings
Fix the flaky test 3h p6
Answer the survey 10m p1
Clean the inbox 25m afternoon
Prepare the workshop 4h by {fortnight} p7
Print the tickets 5m
Learn the chords 45m evenings @personal
Write to grandmother 30m @personal
Compare insurances 1h 30m @personal by {month}
Update the résumé 1h p3
Sort the photos 2h @personal p1
Interview questions 50m by {week}
Prune the roses 40m @personal
Backup the laptop 35m not before {later}
Release notes 1h by {fortnight} p6
Measure the query plan 2.5h
Order new glasses 15m
Onboarding plan for Sam 1h 15m p7
Buy a birthday present 45m @personal by {week}
Clear the backlog 3 hours
Practise the talk 1h #work p8 by {fortnight}
Renew the passport 30m must be done by {fortnight} p9
Translate the leaflet 2h
Archive old tickets 20m p0
Repair the bike 1h @personal
Write the retrospective 40m by {week}
Sketch the new logo 1h 20m
Thank the volunteers 15m p4"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("day")
    with serving(folder, DAYLOOM_ALLOW_PRIVATE_HOSTS="127.0.0.1") as opened:
        yield opened


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    with feeding() as opened:
        yield opened


def test_a_newcomers_day_holds_at_each_step(served: Served) -> None:
    today = datetime.now(BERLIN).date()
    year = Year(today)
    meetings = year.busy(today, today + 91 * DAY)
    served.patch("/settings", {"buffer_minutes": 5, "event_buffer_minutes": 10})
    for line in written(today).splitlines():
        assert all(task["title"] for task in type_in(served, line))
    upload(served, "Office", year.to_ics())

    served.wait_until_solved()
    planned = settled(served)
    assert planned.complaints(meetings) == []
    assert events_shown(served, today) == year.busy(today + DAY, today + 29 * DAY)
    assert [one["title"] for one in planned.plan["unplaced"]] == []

    look(served)
    seen = settled(served)
    noon = at(next_weekday(next_weekday(today + DAY) + DAY), "17:00")
    line = f"Incident report 3h must be done by {noon:%Y-%m-%d %H:%M} p10"
    [urgent] = type_in(served, line)
    asked = settled(served)
    assert asked.complaints(meetings) == []
    assert asked.plan["pending"] is not None
    assert asked.seen_places() == seen.seen_places()
    accept(served, asked.plan["pending"]["id"])
    accepted = settled(served)
    assert accepted.complaints(meetings) == []
    assert moments(accepted.slots(urgent["id"])[-1])[1] <= noon

    served.patch("/settings", {"plan_mode": "auto"})
    live_on(served, urgent["id"], meetings)


def live_on(served: Served, urgent: int, meetings: list[tuple[datetime, datetime]]) -> None:
    """Work on the urgent task, turn to another one, come back, and finish both."""
    other = next(task["id"] for task in all_tasks(served) if task["title"].startswith("Call"))
    served.post(f"/tasks/{urgent}/timer")
    running = settled(served)
    [slot] = running.slots(urgent)
    assert moments(slot)[0] <= datetime.now(BERLIN) < moments(slot)[1]
    assert running.complaints(meetings) == []
    served.post(f"/tasks/{other}/timer")
    served.delete(f"/tasks/{other}/timer")
    served.post(f"/tasks/{urgent}/timer")
    served.post(f"/tasks/{urgent}/completion")
    served.post(f"/tasks/{other}/completion")
    ended = settled(served)
    assert ended.complaints(meetings) == []
    worked = {task: len(ended.tasks[task]["worked"]) for task in (urgent, other)}
    assert worked == {urgent: 2, other: 1}
    assert [ended.slots(task) for task in (urgent, other)] == [[], []]


def test_a_feed_that_fails_keeps_its_events_and_harms_no_other(
    served: Served, feeds: Feeds
) -> None:
    tomorrow = datetime.now(BERLIN).date() + DAY
    year = Year(tomorrow - DAY)
    feeds.answers["/good.ics"] = feeds.answers["/flaky.ics"] = (200, year.to_ics())
    names = {name: (200, BUILDERS[name]().data) for name in HOSTILE}
    feeds.answers.update({f"/{name}.ics": answer for name, answer in names.items()})
    good, flaky = (add_feed(served, feeds, name) for name in ("good", "flaky"))
    hostile = [add_feed(served, feeds, name) for name in names]
    forbidden = served.post("/calendars", {"url": feeds.url("localhost", "good")}, status=201)
    for calendar in (good, flaky, *hostile, forbidden["id"]):
        wait_until_read(served, calendar)
    events = events_of(served, flaky)
    assert len(events) == len(year.busy(tomorrow, tomorrow + 28 * DAY)) + 1  # and a free one

    feeds.answers["/flaky.ics"] = (500, b"Oops")
    feeds.answers["/good.ics"] = (200, year.to_ics().replace(b"Stand-up", b"Round"))
    for calendar in (flaky, good):
        served.post(f"/calendars/{calendar}/refresh", status=202)
    wait_until(lambda: calendar_of(served, flaky)["stale"], "it is stale", patience=PATIENCE)
    wait_until(
        lambda: "Round" in {event["summary"] for event in events_of(served, good)},
        "the good feed is read again",
        patience=PATIENCE,
    )
    assert "(500)" in calendar_of(served, flaky)["error"]
    assert events_of(served, flaky) == events
    fresh = calendar_of(served, good)
    assert (fresh["stale"], fresh["error"]) == (False, None)
    for calendar in (*hostile, forbidden["id"]):
        found = calendar_of(served, calendar)
        assert found["error"] or found["warnings"], found["name"]
    assert served.ask("GET", "/ready").status == 200
    assert served.get("/work") == {"parked": []}


HOSTILE = (
    "a_hundred_thousand_events",
    "every_second_of_all_years_at_once",
    "thirtieth_of_february_sought_each_second",
    "zones_that_are_paths",
)


def written(today: date) -> str:
    days = {"week": 7, "fortnight": 14, "month": 28, "later": 3}
    return LINES.format(**{name: f"{today + n * DAY:%Y-%m-%d}" for name, n in days.items()})


def type_in(served: Served, line: str) -> list[Json]:
    tasks: list[Json] = served.post("/tasks/batch", {"text": line}, status=201)["tasks"]
    return tasks


def upload(served: Served, name: str, content: bytes) -> None:
    """Send a calendar as a browser sends a file in a form."""
    edge = "a-line-that-no-calendar-has"
    parts = (
        f'--{edge}\r\nContent-Disposition: form-data; name="name"\r\n\r\n{name}\r\n',
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="year.ics"\r\n'
        "Content-Type: text/calendar\r\n\r\n",
    )
    body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
    kind = f"multipart/form-data; boundary={edge}"
    added = served.post("/calendars", body, status=201, Content_Type=kind)
    wait_until_read(served, added["id"])


def add_feed(served: Served, feeds: Feeds, name: str) -> int:
    given = {"name": name, "url": feeds.url("127.0.0.1", name)}
    calendar: int = served.post("/calendars", given, status=201)["id"]
    return calendar


def wait_until_read(served: Served, calendar: int) -> None:
    def is_read() -> bool:
        found = calendar_of(served, calendar)
        return bool(found["refreshed_at"] or found["error"])

    wait_until(is_read, f"calendar {calendar} is read", patience=2 * PATIENCE)


def calendar_of(served: Served, calendar: int) -> Json:
    return served.get(f"/calendars/{calendar}")


def events_of(served: Served, calendar: int) -> list[Json]:
    tomorrow = at(datetime.now(BERLIN).date() + DAY, "00:00")
    window = f"start={query(tomorrow)}&end={query(tomorrow + timedelta(days=28))}"
    found: list[Json] = served.get(f"/events?{window}&calendar_id={calendar}")["events"]
    return found


def events_shown(served: Served, today: date) -> list[tuple[datetime, datetime]]:
    """Return what the plan says takes time in the four weeks from tomorrow."""
    start, end = at(today + DAY, "00:00"), at(today + 29 * DAY, "00:00")
    plan = served.get(f"/plan?start={query(start)}&end={query(end)}")
    return sorted(moments(event) for event in plan["busy"])


def settled(served: Served) -> Picture:
    """Return the plan once every change before is planned for."""
    pictures: list[Picture] = []

    def is_settled() -> bool:
        if not stored.is_quiet(served.database):
            return False
        pictures.append(picture(served))
        version = served.get("/plan")["version"]
        quiet = stored.is_quiet(served.database)
        return quiet and bool(version == pictures[-1].plan["version"])

    wait_until(is_settled, "the plan is settled", patience=2 * PATIENCE)
    return pictures[-1]


def picture(served: Served) -> Picture:
    start = at(datetime.now(BERLIN).date(), "00:00")
    return Picture(
        plan=served.get(f"/plan?start={query(start)}&end={query(start + timedelta(days=91))}"),
        tasks=all_tasks(served),
        settings=served.get("/settings"),
        hours=served.get("/hour-maps"),
    )


def look(served: Served) -> None:
    """Look at the week, in a terminal: from now on its slots are seen."""
    subprocess.run(
        [*DAYLOOM, "plan", "--week"],
        env=served.environment,
        cwd=served.data,
        timeout=PATIENCE,
        check=True,
        capture_output=True,
    )


def accept(served: Served, proposal: int) -> None:
    decided = served.post(f"/plan/proposals/{proposal}/acceptance")
    assert (decided["state"], bool(decided["changes"])) == ("accepted", True)


def query(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
