"""How a plan was planned, and its whole input as a file."""

import json

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Api

pytestmark = pytest.mark.usefixtures("worker")
BAD = ("0", "-1", "x", "99999999999999999999")


def planned(api: Api) -> None:
    api.add("Write", duration_minutes=60, due="2026-11-23T09:30:00+01:00")
    api.post("/plan/proposals", status=201)


def test_it_says_how_good_the_plan_is_and_that_every_rule_holds(api: Api) -> None:
    planned(api)
    shown = api.get("/plan/certificate")
    assert (shown["version"], shown["made"]) == (api.get("/plan")["version"], "instant")
    assert shown["certificate"]["sentences"][1] == "One task 30 min late."
    assert len(shown["checks"]) == shown["certificate"]["checked"]
    assert not any(check["broken"] for check in shown["checks"])
    assert shown["known"]["tasks"] == 1


def test_the_plan_and_its_proposals_say_what_they_come_to(api: Api) -> None:
    planned(api)
    certificate = api.get("/plan")["certificate"]
    assert certificate["terms"] == [
        {
            "kind": "late",
            "count": 1,
            "minutes": 30,
            "tasks": [1],
            "sentence": "one task 30 min late",
        }
    ]
    (proposal,) = api.get("/plan/proposals")["proposals"]
    assert proposal["certificate"] == certificate
    shown = api.get(f"/plan/proposals/{proposal['id']}/certificate")
    assert shown["certificate"] == certificate
    assert api.get("/tasks/1/explanation")["certificate"] == certificate


def test_the_input_is_a_file_without_words(api: Api, client: TestClient) -> None:
    planned(api)
    version = api.get("/plan")["version"]
    whole = client.get("/api/v1/plan/problem")
    assert whole.headers["Content-Disposition"] == (
        f'attachment; filename="dayloom-plan-{version}.json"'
    )
    assert '"work"' in whole.text
    redacted = client.get(f"/api/v1/plan/versions/{version}/problem?redacted=true")
    assert '"work"' not in redacted.text
    assert "Write" not in redacted.text
    assert json.loads(redacted.text)["stored"] == json.loads(whole.text)["stored"]


@pytest.mark.parametrize(
    "path",
    [
        "/plan/certificate",
        "/plan/certificate?version=9",
        "/plan/problem",
        "/plan/versions/9/problem",
        "/plan/proposals/9/certificate",
    ],
)
def test_what_is_not_there_is_not_found(api: Api, path: str) -> None:
    assert api.get(path, status=404)["code"] == "not_found"


@pytest.mark.parametrize("number", BAD)
def test_a_number_that_is_none_is_refused(api: Api, number: str) -> None:
    api.get(f"/plan/certificate?version={number}", status=422)
    api.get(f"/plan/versions/{number}/problem", status=422)
