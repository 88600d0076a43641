"""Adding, listing, reading, changing, deleting and restoring tasks."""

import pytest
from starlette.testclient import TestClient

from dayloom.bootstrap import Services
from tests.api.conftest import Api
from tests.conftest import Desk

FRIDAY = "2026-11-27T17:00:00+01:00"


class TestAddByWords:
    def test_a_line_becomes_a_task_with_a_time(self, api: Api) -> None:
        task = api.post("/tasks", {"text": "Write report 2h by Friday p8 #work"}, status=201)
        assert (task["title"], task["duration_minutes"], task["priority"]) == (
            "Write report",
            120,
            8,
        )
        assert task["tags"] == ["work"]
        assert task["due"] == "2026-11-28T00:00:00+01:00"
        assert task["scheduled_start_time"] == "2026-11-23T09:00:00+01:00"
        assert task["scheduled_end_time"] == "2026-11-23T11:00:00+01:00"
        assert task["slots"][0]["provisional"] is True
        assert task["needs_scheduling"] is True
        assert task["readings"]["duration"] == [{"span": [13, 15], "guess": False}]

    def test_fields_win_over_words(self, api: Api) -> None:
        task = api.post("/tasks", {"text": "Report 2h p8", "duration_minutes": 45}, status=201)
        assert (task["duration_minutes"], task["priority"]) == (45, 8)

    def test_a_repetition_in_words_can_be_taken_back(self, api: Api) -> None:
        task = api.post("/tasks", {"text": "Gym every monday", "rrule": None}, status=201)
        assert task["series"] is None

    def test_several_lines_are_sent_to_the_batch(self, api: Api) -> None:
        problem = api.post("/tasks", {"text": "One\nTwo"}, status=422)
        assert "/api/v1/tasks/batch" in problem["detail"]
        assert problem["errors"][0]["field"] == "text"
        assert api.get("/tasks")["tasks"] == []

    @pytest.mark.parametrize("text", ["  \n ", "!!!", "\n"])
    def test_words_that_say_nothing_are_refused(self, api: Api, text: str) -> None:
        problem = api.post("/tasks", {"text": text}, status=422)
        assert problem["detail"] == "Say what there is to do."

    def test_a_batch_makes_a_task_of_each_line(self, api: Api) -> None:
        added = api.post("/tasks/batch", {"text": "- One 1h\n\n- Two 30m"}, status=201)
        assert [task["title"] for task in added["tasks"]] == ["One", "Two"]

    def test_a_batch_is_added_whole_or_not_at_all(self, api: Api) -> None:
        api.post("/tasks/batch", {"text": "One\nTwo after #999"}, status=422)
        assert api.get("/tasks")["tasks"] == []

    def test_a_batch_of_nothing_is_refused(self, api: Api) -> None:
        assert api.post("/tasks/batch", {"text": " "}, status=422)["code"] == "invalid"

    def test_too_many_lines_are_refused_with_the_limit(self, api: Api) -> None:
        problem = api.post("/tasks/batch", {"text": "a\n" * 201}, status=422)
        assert problem["detail"] == "At most 200 tasks can be added at once."


class TestAddByFields:
    def test_every_field_comes_back(self, api: Api) -> None:
        first = api.add("Before")
        given = {
            "title": "All of it",
            "notes": "n",
            "context": "c",
            "duration_minutes": 240,
            "release": "2026-11-24T08:00:00+01:00",
            "due": FRIDAY,
            "deadline": "2026-12-01T12:00:00+01:00",
            "priority": 7.5,
            "tags": ["home"],
            "hour_map": "personal",
            "preferred": [{"name": "morning", "start": "09:00", "end": "12:00"}],
            "after": [{"task_id": first["id"], "gap_minutes": 30}],
            "min_chunk_minutes": 60,
            "max_chunk_minutes": 120,
        }
        task = api.post("/tasks", given, status=201)
        assert {name: task[name] for name in given} == given

    def test_location_and_etag_name_what_was_made(self, client: TestClient) -> None:
        response = client.post("/api/v1/tasks", json={"title": "Write"})
        assert response.headers["location"] == f"/api/v1/tasks/{response.json()['id']}"
        read = client.get(response.headers["location"])
        assert read.headers["etag"] == response.headers["etag"]

    def test_a_bare_number_is_a_dependency_without_a_pause(self, api: Api) -> None:
        first = api.add("Before")
        task = api.add("Later", after=[first["id"]])
        assert task["after"] == [{"task_id": first["id"], "gap_minutes": 0}]
        assert task["scheduled_start_time"] >= first["scheduled_end_time"]

    def test_a_pin_lies_where_it_was_put(self, api: Api) -> None:
        task = api.add("Call", pinned_start="2026-11-25T22:00:00+01:00")
        assert task["pinned_start"] == task["scheduled_start_time"] == "2026-11-25T22:00:00+01:00"
        assert task["slots"][0]["pinned"] is True

    def test_a_recurring_task_shows_its_series(self, api: Api) -> None:
        task = api.add("Gym", rrule="FREQ=WEEKLY;BYDAY=MO,TH")
        assert task["rrule"] == task["series"]["rrule"] == "FREQ=WEEKLY;BYDAY=MO,TH"
        assert task["occurrence_on"] == "2026-11-23"
        assert len(api.get("/tasks")["tasks"]) > 2

    def test_instants_are_shown_in_the_persons_zone(self, api: Api) -> None:
        task = api.add("Call", due="2026-11-27T11:00:00-05:00")
        assert task["due"] == FRIDAY

    def test_neither_words_nor_title_is_refused(self, api: Api) -> None:
        problem = api.post("/tasks", {"notes": "n"}, status=422)
        assert problem["detail"] == "Give a text or a title."


class TestList:
    def test_pages_follow_each_other_without_gaps(self, api: Api) -> None:
        ids = [api.add(f"Task {number}")["id"] for number in range(5)]
        first = api.get("/tasks?limit=2")
        second = api.get(f"/tasks?limit=2&cursor={first['next_cursor']}")
        third = api.get(f"/tasks?limit=2&cursor={second['next_cursor']}")
        found = [task["id"] for page in (first, second, third) for task in page["tasks"]]
        assert found == ids
        assert third["next_cursor"] is None

    def test_finds_words_in_titles_and_notes(self, api: Api) -> None:
        api.add("Write 100% report")
        api.add("Other", notes="the REPORT again")
        api.add("Nothing")
        assert len(api.get("/tasks?q=report")["tasks"]) == 2
        assert len(api.get("/tasks?q=100%25")["tasks"]) == 1

    def test_filters_by_several_states(self, api: Api) -> None:
        one, two, three = (api.add(name)["id"] for name in "abc")
        api.post(f"/tasks/{one}/timer")
        api.post(f"/tasks/{two}/completion")
        found = api.get("/tasks?status=started&status=completed")["tasks"]
        assert [task["id"] for task in found] == [one, two]
        assert [task["id"] for task in api.get("/tasks?status=open")["tasks"]] == [three]

    @pytest.mark.parametrize(
        "query", ["status=new", "limit=0", "limit=501", "limit=x", "cursor=x", "q=" + "x" * 201]
    )
    def test_refuses_a_bad_query(self, api: Api, query: str) -> None:
        assert api.get(f"/tasks?{query}", status=422)["errors"]


class TestChange:
    def test_what_is_absent_stays(self, api: Api) -> None:
        task = api.add("Write", priority=3, due=FRIDAY)
        changed = api.ask("PATCH", f"/tasks/{task['id']}", {"title": "Write more"})
        assert (changed["title"], changed["priority"], changed["due"]) == ("Write more", 3, FRIDAY)

    def test_null_clears_what_may_be_empty(self, api: Api) -> None:
        task = api.add("Write", due=FRIDAY, hour_map="work")
        changed = api.ask("PATCH", f"/tasks/{task['id']}", {"due": None, "hour_map": None})
        assert (changed["due"], changed["hour_map"]) == (None, None)

    def test_null_for_what_may_not_be_empty_is_refused(self, api: Api) -> None:
        task = api.add("Write")
        for name in ("title", "duration_minutes", "priority", "tags", "notes"):
            problem = api.ask("PATCH", f"/tasks/{task['id']}", {name: None}, status=422)
            assert problem["errors"][0]["field"] == name

    def test_a_circle_of_dependencies_is_refused(self, api: Api) -> None:
        first, second = api.add("a"), api.add("b", after=[1])
        problem = api.ask("PATCH", f"/tasks/{first['id']}", {"after": [second["id"]]}, status=422)
        assert problem["errors"][0]["field"] == "after"

    def test_an_unknown_task_is_not_found(self, api: Api) -> None:
        problem = api.ask("PATCH", "/tasks/999", {"title": "x"}, status=404)
        assert (problem["code"], problem["detail"]) == ("not_found", "There is no task #999.")

    def test_rules_between_fields_hold(self, api: Api) -> None:
        task = api.add("Write", duration_minutes=120)
        given = {"release": "2026-11-24T09:00:00+01:00", "deadline": "2026-11-24T10:00:00+01:00"}
        problem = api.ask("PATCH", f"/tasks/{task['id']}", given, status=422)
        assert problem["errors"][0]["field"] == "deadline"


class TestIfMatch:
    def test_a_stale_tag_is_refused_and_changes_nothing(self, client: TestClient) -> None:
        made = client.post("/api/v1/tasks", json={"title": "Write"})
        path, tag = made.headers["location"], made.headers["etag"]
        changed = client.patch(path, json={"title": "Mine"}, headers={"If-Match": tag})
        assert changed.status_code == 200
        late = client.patch(path, json={"title": "Yours"}, headers={"If-Match": tag})
        assert (late.status_code, late.json()["code"]) == (412, "stale")
        assert client.get(path).json()["title"] == "Mine"
        assert client.delete(path, headers={"If-Match": tag}).status_code == 412
        fresh = changed.headers["etag"]
        assert client.delete(path, headers={"If-Match": f'"x", {fresh}'}).status_code == 204

    def test_a_star_matches_whatever_is_there(self, client: TestClient, api: Api) -> None:
        task = api.add("Write")
        path = f"/api/v1/tasks/{task['id']}"
        assert client.delete(path, headers={"If-Match": "*"}).status_code == 204

    def test_a_new_plan_keeps_the_tag(self, client: TestClient, desk: Desk) -> None:
        made = client.post("/api/v1/tasks", json={"title": "Write"})
        task_id = made.json()["id"]

        def replan(s: Services) -> None:
            task = s.tasks.require(task_id)
            task.needs_scheduling, task.reasoning = False, "First free time."

        desk.write(replan)
        read = client.get(made.headers["location"])
        assert read.json()["reasoning"] == "First free time."
        assert read.headers["etag"] == made.headers["etag"]


class TestDelete:
    def test_a_deleted_task_is_gone_until_it_is_restored(self, api: Api) -> None:
        task = api.add("Write", due=FRIDAY)
        api.ask("DELETE", f"/tasks/{task['id']}", status=204)
        api.get(f"/tasks/{task['id']}", status=404)
        assert api.get("/tasks")["tasks"] == []
        back = api.post(f"/tasks/{task['id']}/restoration")
        assert (back["title"], back["due"]) == ("Write", FRIDAY)

    def test_an_unknown_task_is_not_found(self, api: Api) -> None:
        api.ask("DELETE", "/tasks/999", status=404)
        api.post("/tasks/999/restoration", status=404)
        api.get("/tasks/999", status=404)

    def test_deleting_twice_is_not_found(self, api: Api) -> None:
        task = api.add("Write")
        api.ask("DELETE", f"/tasks/{task['id']}", status=204)
        api.ask("DELETE", f"/tasks/{task['id']}", status=404)
