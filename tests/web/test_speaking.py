"""Pages speak the language of whoever reads them."""

from tests.web.visiting import Visitor, toast

CLOCK = {"time_zone": "Europe/Berlin", "week_start": "0", "hour_cycle": "24", "date_order": "dmy"}
GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


def choose(visitor: Visitor, tag: str) -> None:
    visitor.send("/settings/preferences/clock", CLOCK | {"language": tag})


def test_a_page_is_english_unless_it_is_asked_otherwise(visitor: Visitor) -> None:
    assert '<html lang="en" dir="ltr"' in visitor.look("/")


def test_a_page_speaks_what_the_browser_asks_for(visitor: Visitor) -> None:
    page = visitor.look("/", **GERMAN)
    assert '<html lang="de" dir="ltr"' in page
    assert "Woche" in page


def test_a_choice_goes_before_the_browser(visitor: Visitor) -> None:
    choose(visitor, "de")
    assert "Einstellungen" in visitor.look("/settings")
    choose(visitor, "en")
    assert "Einstellungen" not in visitor.look("/settings", **GERMAN)


def test_who_changes_the_language_gets_the_whole_page_anew(visitor: Visitor) -> None:
    answer = visitor.send("/settings/preferences/clock", CLOCK | {"language": "de"})
    assert answer.headers["HX-Refresh"] == "true"
    answer = visitor.send("/settings/preferences/clock", CLOCK | {"language": "de"})
    assert "HX-Refresh" not in answer.headers


def test_the_choice_can_be_taken_back(visitor: Visitor) -> None:
    answer = visitor.send("/settings/preferences/clock", CLOCK | {"language": "de"})
    visitor.send(toast(answer)["action"]["url"], {})
    assert '<html lang="en"' in visitor.look("/")


def test_caches_are_told_what_a_page_depends_on(visitor: Visitor) -> None:
    answer = visitor.client.get("/", headers=GERMAN)
    assert "accept-language" in answer.headers["vary"].lower()
    assert answer.headers["content-language"] == "de"


def test_the_interface_for_programs_stays_english(visitor: Visitor) -> None:
    choose(visitor, "de")
    answer = visitor.client.get("/api/v1/tasks/999", headers=GERMAN)
    assert answer.json()["detail"] == "There is no task #999."
    assert "content-language" not in answer.headers


def test_what_is_refused_inside_a_unit_of_work_is_said_in_the_same_language(
    visitor: Visitor,
) -> None:
    choose(visitor, "de")
    answer = visitor.send("/tasks/999/completion", {}, status=404)
    assert toast(answer)["text"] == "Es gibt keine Aufgabe #999."
