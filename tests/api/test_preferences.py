"""Settings, the global context, and hour maps."""

import pytest

from tests.api.conftest import Api, Body

WEEK = [[["09:00", "12:30"], ["13:30", "17:00"]]] * 5 + [[], [["22:00", "02:00"]]]


class TestSettings:
    def test_what_is_read_can_be_put_back(self, api: Api) -> None:
        settings = api.get("/settings")
        assert settings["time_zone"] == "Europe/Berlin"
        assert api.ask("PUT", "/settings", settings) == settings

    def test_a_zone_changes_how_instants_are_shown(self, api: Api) -> None:
        task = api.add("Write", due="2026-11-27T17:00:00+01:00")
        api.ask("PATCH", "/settings", {"time_zone": "America/New_York"})
        assert api.get(f"/tasks/{task['id']}")["due"] == "2026-11-27T11:00:00-05:00"

    def test_every_setting_can_be_changed_alone(self, api: Api) -> None:
        changes = {
            "language": "de",
            "time_zone": "Asia/Tokyo",
            "second_zone": "Europe/London",
            "week_start": 6,
            "hour_cycle": 12,
            "date_order": "mdy",
            "default_duration_minutes": 45,
            "buffer_minutes": 5,
            "event_buffer_minutes": 10,
            "daily_cap_minutes": 360,
            "freeze_minutes": 60,
            "plan_mode": "auto",
            "tasks_mode": "ask",
            "calendars_mode": "manual",
            "overdue_mode": "auto",
            "context_mode": None,
        }
        for name, value in changes.items():
            api.ask("PATCH", "/settings", {name: value})
        assert api.get("/settings") == changes
        assert (
            api.ask("PATCH", "/settings", {"daily_cap_minutes": None})["daily_cap_minutes"] is None
        )

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("time_zone", "Europe/Atlantis"),
            ("time_zone", "../../etc/passwd"),
            ("time_zone", None),
            ("second_zone", "Mars/Olympus"),
            ("time_zone", "x" * 65),
            ("week_start", 7),
            ("week_start", -1),
            ("week_start", True),
            ("week_start", "0"),
            ("hour_cycle", 13),
            ("date_order", "DMY"),
            ("default_duration_minutes", 0),
            ("default_duration_minutes", 7),
            ("default_duration_minutes", 30.0),
            ("buffer_minutes", 125),
            ("buffer_minutes", -5),
            ("event_buffer_minutes", None),
            ("daily_cap_minutes", 25),
            ("daily_cap_minutes", 10**20),
            ("freeze_minutes", 7 * 1440 + 5),
            ("plan_mode", "always"),
            ("plan_mode", ["ask"]),
            ("colour", "blue"),
        ],
    )
    def test_a_bad_value_names_its_field(self, api: Api, name: str, value: object) -> None:
        before = api.get("/settings")
        problem = api.ask("PATCH", "/settings", {name: value}, status=422)
        assert problem["errors"][0]["field"].removesuffix("_minutes") == name.removesuffix(
            "_minutes"
        )
        assert api.get("/settings") == before

    def test_putting_needs_all_of_them(self, api: Api) -> None:
        problem = api.ask("PUT", "/settings", {"week_start": 0}, status=422)
        assert {error["field"] for error in problem["errors"]} >= {"time_zone", "plan_mode"}


class TestContext:
    def test_is_kept_as_it_was_written(self, api: Api) -> None:
        text = "I start slowly.\n\tNever before 9."
        assert api.ask("PUT", "/context", {"context": text}) == {"context": text}
        assert api.get("/context") == {"context": text}

    @pytest.mark.parametrize("context", [None, 5, "x" * 10_001, "a\0b", ["x"]])
    def test_a_bad_text_is_refused(self, api: Api, context: object) -> None:
        api.ask("PUT", "/context", {"context": context}, status=422)


class TestHourMaps:
    def add(self, api: Api, name: str = "deep", **more: object) -> Body:
        return api.post("/hour-maps", {"name": name, "weekly": WEEK, **more}, status=201)

    def test_the_default_comes_first(self, api: Api) -> None:
        maps = api.get("/hour-maps")["hour_maps"]
        assert (maps[0]["name"], maps[0]["is_default"]) == ("work", True)
        assert not any(one["is_default"] for one in maps[1:])

    def test_a_new_one_holds_what_was_given(self, api: Api) -> None:
        added = self.add(api, exceptions={"2026-12-24": []}, daily_cap_minutes=240)
        assert (added["name"], added["weekly"]) == ("deep", WEEK)
        assert (added["exceptions"], added["daily_cap_minutes"]) == ({"2026-12-24": []}, 240)
        assert api.get(f"/hour-maps/{added['id']}") == added

    def test_hours_are_replaced(self, api: Api) -> None:
        added = self.add(api)
        empty: list[object] = [[]] * 7
        changed = api.ask("PUT", f"/hour-maps/{added['id']}", {"weekly": empty})
        assert (changed["name"], changed["weekly"]) == ("deep", empty)

    def test_removing_spares_the_default(self, api: Api) -> None:
        added = self.add(api)
        api.ask("DELETE", f"/hour-maps/{added['id']}", status=204)
        api.get(f"/hour-maps/{added['id']}", status=404)
        default = api.get("/hour-maps")["hour_maps"][0]
        api.ask("DELETE", f"/hour-maps/{default['id']}", status=409)

    def test_a_name_is_given_once(self, api: Api) -> None:
        self.add(api)
        api.post("/hour-maps", {"name": "Deep ", "weekly": WEEK}, status=409)

    @pytest.mark.parametrize("name", ["", " ", "ü", "x" * 33, 5, None, "a\0", "-a"])
    def test_a_bad_name_is_refused(self, api: Api, name: object) -> None:
        api.post("/hour-maps", {"name": name, "weekly": WEEK}, status=422)

    @pytest.mark.parametrize(
        "day",
        [
            [["9:00", "17:00"]],
            [["09:00"]],
            [["09:00", "17:00", "18:00"]],
            [["09:00", "09:00"]],
            [["24:00", "09:00"]],
            [["09:00", "25:00"]],
            [["09:00", "12:00"], ["11:00", "13:00"]],
            [[9, 17]],
            ["09:00", "17:00"],
            "09:00-17:00",
            None,
            [["09:00", "17:00"]] * 49,
        ],
    )
    def test_bad_hours_are_refused(self, api: Api, day: object) -> None:
        weekly = [day, *WEEK[1:]]
        assert api.post("/hour-maps", {"name": "x", "weekly": weekly}, status=422)["errors"]

    @pytest.mark.parametrize(
        "exceptions",
        [{"20261224": []}, {"2026-02-30": []}, {"x": []}, [], {"2026-12-24": None}, None],
    )
    def test_bad_exceptions_are_refused(self, api: Api, exceptions: object) -> None:
        body = {"name": "x", "weekly": WEEK, "exceptions": exceptions}
        assert api.post("/hour-maps", body, status=422)["errors"]

    def test_a_week_has_seven_days(self, api: Api) -> None:
        api.post("/hour-maps", {"name": "x", "weekly": WEEK[:6]}, status=422)

    def test_an_unknown_one_is_not_found(self, api: Api) -> None:
        api.get("/hour-maps/99", status=404)
        api.ask("PUT", "/hour-maps/99", {"weekly": WEEK}, status=404)
        api.ask("DELETE", "/hour-maps/99", status=404)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/settings"),
        ("DELETE", "/settings"),
        ("PATCH", "/context"),
        ("PUT", "/hour-maps"),
        ("PATCH", "/hour-maps/1"),
    ],
)
def test_other_methods_are_refused(api: Api, method: str, path: str) -> None:
    api.ask(method, path, status=405)
