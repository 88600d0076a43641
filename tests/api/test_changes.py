"""What was changed, and taking it back, over REST."""

from tests.api.conftest import Api


def test_a_change_is_listed_undone_and_done_again(api: Api) -> None:
    task = api.add("Write")
    api.ask("PATCH", f"/tasks/{task['id']}", {"priority": 9})
    changes = api.get("/changes")["changes"]
    assert [one["sentence"] for one in changes] == [
        "“Write”: priority 5 → 9",
        "Added “Write”",
    ]
    assert {one["origin"] for one in changes} == {"api"}
    undone = api.post("/changes/undo")
    assert undone["change"]["id"] == changes[0]["id"]
    assert api.get(f"/tasks/{task['id']}")["priority"] == 5
    api.post(f"/changes/{undone['by']}/undo")
    assert api.get(f"/tasks/{task['id']}")["priority"] == 9


def test_what_stays_is_told(api: Api) -> None:
    task = api.add("Write")
    api.ask("PATCH", f"/tasks/{task['id']}", {"title": "A"})
    api.ask("PATCH", f"/tasks/{task['id']}", {"title": "B"})
    second = api.get("/changes")["changes"][1]
    problem = api.post(f"/changes/{second['id']}/undo", status=409)
    assert problem["detail"] == "This cannot be undone: “A”: it was changed since."


def test_pages_and_wrong_numbers(api: Api) -> None:
    for title in ("A", "B", "C"):
        api.add(title)
    first = api.get("/changes?limit=2")["changes"]
    rest = api.get(f"/changes?limit=2&before={first[-1]['id']}")["changes"]
    assert [one["sentence"] for one in (*first, *rest)] == [
        "Added “C”",
        "Added “B”",
        "Added “A”",
    ]
    api.post("/changes/99/undo", status=404)
    api.get("/changes?limit=0", status=422)
