"""The refresh of calendars, from real answers of a real server to rows in a real database."""

import socket
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from dayloom.calendars import fetching
from dayloom.calendars.models import Calendar
from dayloom.infra.errors import NotFound
from tests.calendars.conftest import Keeper
from tests.calendars.feeds import FeedServer, calendar, meeting, whole_day
from tests.infra.sites import serving

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WEEKLY = "RRULE:FREQ=WEEKLY"


def meetings(count: int) -> bytes:
    return calendar(*(meeting(NINE + k * DAY, uid=f"m{k}") for k in range(count)))


class TestReading:
    def test_events_are_there_after_the_first_refresh(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = calendar(meeting(NINE), whole_day(NINE + DAY, uid="b", summary="Trip"))
        added = keeper.subscribe(server)
        assert keeper.summaries() == ["Meeting", "Trip"]
        assert (added.refreshed_at, added.stale, added.error) == (keeper.clock.now(), False, None)

    def test_a_calendar_without_a_name_takes_that_of_its_feed(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = calendar(meeting(NINE), name="Team")
        assert keeper.subscribe(server, name="").name == "Team"
        assert keeper.upload(server.body, name="Mine").name == "Mine"

    def test_warnings_of_the_reading_are_kept(self, keeper: Keeper, server: FeedServer) -> None:
        server.body = calendar(meeting(NINE, "RRULE:FREQ=SECONDLY", summary="Tick"))
        (warning,) = keeper.subscribe(server).warnings
        assert warning.startswith("“Tick”: it repeats within a day")

    def test_the_window_is_a_week_back_and_thirteen_ahead(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = calendar(meeting(NINE - 100 * DAY, "RRULE:FREQ=DAILY"))
        keeper.subscribe(server)
        days = [event.start.date() for event in keeper.events()]
        assert (days[0], days[-1]) == (date(2026, 11, 16), date(2027, 2, 22))

    def test_all_days_are_those_of_the_person(self, keeper: Keeper, server: FeedServer) -> None:
        server.body = calendar(whole_day(NINE))
        added = keeper.subscribe(server)
        keeper.write(lambda s: s.preferences.change({"time_zone": "America/New_York"}))
        keeper.write(lambda s: s.calendars.refresh_all())
        keeper.refresh(added)
        (event,) = keeper.events()
        assert event.start == datetime(2026, 11, 24, 5, tzinfo=UTC)


class TestRefreshing:
    def test_what_has_not_changed_is_not_read_again(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = calendar(meeting(NINE, WEEKLY))
        added = keeper.subscribe(server)
        before = [event.id for event in keeper.events()]
        keeper.clock.advance(timedelta(minutes=15))
        keeper.refresh(added)
        assert (server.answered, keeper.readings) == ([200, 304], 1)
        assert [event.id for event in keeper.events()] == before
        assert keeper.look_up(added).refreshed_at == keeper.clock.now()

    def test_the_next_day_the_window_has_moved_on_without_a_download(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = calendar(meeting(NINE - 30 * DAY, "RRULE:FREQ=DAILY"))
        added = keeper.subscribe(server)
        first, *_, last = keeper.events()
        keeper.clock.advance(DAY)
        keeper.refresh(added)
        assert (server.answered, keeper.readings) == ([200, 304], 2)
        events = keeper.events()
        assert (events[0].start, events[-1].start) == (first.start + DAY, last.start + DAY)

    def test_a_server_without_etags_is_read_each_time_and_disturbs_no_plan(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.with_etag = False
        server.body = calendar(meeting(NINE, WEEKLY))
        added = keeper.subscribe(server)
        wanted, before = keeper.plans_wanted(), [event.id for event in keeper.events()]
        keeper.refresh(added)
        assert (server.answered, keeper.readings) == ([200, 200], 2)
        assert (keeper.plans_wanted(), [e.id for e in keeper.events()]) == (wanted, before)

    def test_a_change_keeps_the_rows_that_it_does_not_touch(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = calendar(
            meeting(NINE, uid="stays"), meeting(NINE, uid="moves"), meeting(NINE, uid="goes")
        )
        added = keeper.subscribe(server)
        before = {event.uid: event.id for event in keeper.events()}
        server.body = calendar(
            meeting(NINE, uid="stays"), meeting(NINE + DAY, uid="moves"), meeting(NINE, uid="new")
        )
        keeper.refresh(added)
        after = {event.uid: event.id for event in keeper.events()}
        assert after.keys() == {"stays", "moves", "new"}
        assert all(after[uid] == before[uid] for uid in ("stays", "moves"))

    def test_a_change_of_time_to_come_asks_for_a_plan_and_tells_the_pages(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = calendar(meeting(NINE))
        added = keeper.subscribe(server)
        wanted, seen = keeper.plans_wanted(), keeper.newest_change()
        server.body = calendar(meeting(NINE + timedelta(hours=1)))
        keeper.refresh(added)
        assert keeper.plans_wanted() == wanted + 1
        assert keeper.newest_change() > seen

    @pytest.mark.parametrize("after", [(), (meeting(NINE, "TRANSP:TRANSPARENT"),)])
    def test_time_that_is_given_back_asks_for_a_plan(
        self, keeper: Keeper, server: FeedServer, after: tuple[str, ...]
    ) -> None:
        server.body = calendar(meeting(NINE))
        added = keeper.subscribe(server)
        wanted = keeper.plans_wanted()
        server.body = calendar(*after)
        keeper.refresh(added)
        assert (keeper.busy(), keeper.plans_wanted()) == ([], wanted + 1)

    @pytest.mark.parametrize(
        "more",
        [
            meeting(NINE + DAY, "TRANSP:TRANSPARENT", uid="b"),
            meeting(NINE - 4 * DAY, uid="b"),
        ],
        ids=["free", "past"],
    )
    def test_what_takes_no_time_to_come_asks_for_no_plan(
        self, keeper: Keeper, server: FeedServer, more: str
    ) -> None:
        server.body = calendar(meeting(NINE))
        added = keeper.subscribe(server)
        wanted = keeper.plans_wanted()
        server.body = calendar(meeting(NINE), more)
        keeper.refresh(added)
        assert len(keeper.events()) == 2
        assert keeper.plans_wanted() == wanted

    def test_it_comes_again_as_often_as_the_calendar_says(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        added = keeper.subscribe(server)
        assert keeper.refresh(added).again_at == keeper.clock.now() + timedelta(minutes=15)
        hourly = timedelta(hours=1)
        keeper.write(lambda s: s.calendars.change(added.id, {"refresh_every": hourly}))
        assert keeper.refresh(added).again_at == keeper.clock.now() + hourly

    def test_a_calendar_that_is_gone_is_left_alone(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        added = keeper.subscribe(server)
        keeper.write(lambda s: s.calendars.remove(added.id))
        finish = keeper.refresh(added)
        assert (finish.unit, server.answered) == (None, [200])

    def test_a_calendar_removed_while_it_was_read_stays_removed(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        added = keeper.subscribe(server)
        server.body = calendar(meeting(NINE))
        finish = keeper.start_refresh(added)
        keeper.write(lambda s: s.calendars.remove(added.id))
        keeper.end(finish)
        assert keeper.events() == []
        with pytest.raises(NotFound):
            keeper.look_up(added)


class TestErrors:
    @pytest.fixture
    def added(self, keeper: Keeper, server: FeedServer) -> Calendar:
        server.body = calendar(meeting(NINE))
        return keeper.subscribe(server)

    def assert_stale(self, keeper: Keeper, added: Calendar, words: str) -> None:
        found = keeper.look_up(added)
        assert found.stale
        assert words in (found.error or "")
        assert keeper.summaries() == ["Meeting"]

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (401, "password"),
            (403, "not allow"),
            (404, "no calendar at this address"),
            (410, "taken away"),
            (418, "without a calendar (418)"),
            (429, "less often"),
            (500, "trouble of its own (500)"),
            (503, "trouble of its own (503)"),
        ],
    )
    def test_an_answer_without_a_calendar_is_told_and_loses_nothing(
        self, keeper: Keeper, server: FeedServer, added: Calendar, status: int, words: str
    ) -> None:
        server.status, server.body = status, b"no"
        keeper.refresh(added)
        self.assert_stale(keeper, added, words)

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            (b"<!doctype html><title>Sign in</title>", "web page"),
            (b"", "empty"),
            (b"%PDF-1.7", "BEGIN:VCALENDAR"),
            (b"x" * (fetching.LARGEST + 1), "larger than 10 MiB"),
        ],
        ids=["page", "nothing", "other", "large"],
    )
    def test_what_is_no_calendar_is_told_and_loses_nothing(
        self, keeper: Keeper, server: FeedServer, added: Calendar, body: bytes, words: str
    ) -> None:
        server.body = body
        keeper.refresh(added)
        self.assert_stale(keeper, added, words)

    def test_a_private_address_is_refused_with_what_an_operator_can_do(
        self, keeper: Keeper, server: FeedServer, added: Calendar
    ) -> None:
        keeper.refresh(added, allow=())
        self.assert_stale(keeper, added, "DAYLOOM_ALLOW_PRIVATE_HOSTS")
        assert server.answered == [200]

    def test_the_next_good_answer_heals_it(
        self, keeper: Keeper, server: FeedServer, added: Calendar
    ) -> None:
        server.status = 500
        keeper.refresh(added)
        server.status = 200
        keeper.refresh(added)
        found = keeper.look_up(added)
        assert (found.stale, found.error, found.failures) == (False, None, 0)

    def test_pauses_grow_to_six_hours(
        self, keeper: Keeper, server: FeedServer, added: Calendar
    ) -> None:
        server.status = 500
        pauses = []
        for _ in range(8):
            again_at = keeper.refresh(added).again_at
            assert again_at is not None
            pauses.append((again_at - keeper.clock.now()) // timedelta(minutes=1))
        assert pauses == [15, 30, 60, 120, 240, 360, 360, 360]

    @pytest.mark.parametrize(
        ("asked", "minutes"),
        [
            ("7200", 120),
            ("1", 5),
            ("99999999", 360),
            (format_datetime(datetime(2026, 11, 23, 8, 0, tzinfo=UTC), usegmt=True), 60),
            (format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True), 5),
            ("soon", 15),
            ("-5", 15),
        ],
    )
    def test_the_pause_is_what_the_server_asks_for_within_bounds(
        self, keeper: Keeper, server: FeedServer, added: Calendar, asked: str, minutes: int
    ) -> None:
        server.status, server.headers = 503, {"Retry-After": asked}
        assert keeper.refresh(added).again_at == keeper.clock.now() + timedelta(minutes=minutes)

    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("circle", "circle"),
            ("cut", "broke off"),
            ("garbage", "unpacked"),
            ("bomb", "larger"),
            ("drip", "did not answer within"),
            ("silence", "did not answer within"),
        ],
    )
    def test_a_misbehaving_server_is_told(
        self, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, path: str, words: str
    ) -> None:
        if path in ("drip", "silence"):
            monkeypatch.setattr(fetching, "FETCH_WITHIN", timedelta(seconds=0.5))
        with serving() as site:
            added = keeper.write(lambda s: s.calendars.add_url("Bad", f"{site.url}/{path}"))
            keeper.refresh(added)
        found = keeper.look_up(added)
        assert found.stale
        assert words in (found.error or "")

    def test_nobody_there_is_told(self, keeper: Keeper) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}/secret-path"
            added = keeper.write(lambda s: s.calendars.add_url("Closed", url))
            keeper.refresh(added)
        error = keeper.look_up(added).error or ""
        assert "127.0.0.1 refuses the connection" in error
        assert "secret" not in error

    def test_a_server_without_a_certificate_is_told(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        url = server.url.replace("http://", "webcal://")
        added = keeper.write(lambda s: s.calendars.add_url("Plain", url))
        keeper.refresh(added)
        assert "127.0.0.1 does not speak TLS" in (keeper.look_up(added).error or "")


class TestShrinking:
    def test_losing_most_events_waits_for_a_yes(self, keeper: Keeper, server: FeedServer) -> None:
        server.body = meetings(10)
        added = keeper.subscribe(server)
        server.body = meetings(4)
        for _ in range(2):
            keeper.refresh(added)
            found = keeper.look_up(added)
            assert (found.shrunk, len(keeper.events())) == (True, 10)
            assert "until you agree" in (found.error or "")

    def test_a_yes_lets_them_go_once_they_are_read_again(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = meetings(10)
        added = keeper.subscribe(server)
        server.body = meetings(0)
        keeper.refresh(added)
        keeper.write(lambda s: s.calendars.confirm_shrink(added.id))
        assert len(keeper.events()) == 10
        server.status = 500
        keeper.refresh(added)
        assert len(keeper.events()) == 10
        server.status = 200
        keeper.refresh(added)
        found = keeper.look_up(added)
        assert (found.shrunk, found.shrink_agreed, found.error) == (False, False, None)
        assert keeper.events() == []

    def test_a_yes_counts_once(self, keeper: Keeper, server: FeedServer) -> None:
        server.body = meetings(10)
        added = keeper.subscribe(server)
        keeper.write(lambda s: s.calendars.confirm_shrink(added.id))
        server.body = meetings(2)
        keeper.refresh(added)
        assert keeper.look_up(added).shrunk
        assert len(keeper.events()) == 10

    @pytest.mark.parametrize("count", [10, 12])
    def test_events_that_come_back_need_no_answer(
        self, keeper: Keeper, server: FeedServer, count: int
    ) -> None:
        server.body = meetings(10)
        added = keeper.subscribe(server)
        server.body = meetings(1)
        keeper.refresh(added)
        server.body = meetings(count)
        keeper.refresh(added)
        found = keeper.look_up(added)
        assert (found.shrunk, found.error, len(keeper.events())) == (False, None, count)

    @pytest.mark.parametrize(("before", "after"), [(10, 5), (3, 0)])
    def test_a_small_loss_is_no_question(
        self, keeper: Keeper, server: FeedServer, before: int, after: int
    ) -> None:
        server.body = meetings(before)
        added = keeper.subscribe(server)
        server.body = meetings(after)
        keeper.refresh(added)
        assert len(keeper.events()) == after

    def test_events_that_are_over_are_no_loss(self, keeper: Keeper, server: FeedServer) -> None:
        server.body = meetings(10)
        added = keeper.subscribe(server)
        keeper.clock.advance(30 * DAY)
        keeper.refresh(added)
        assert (keeper.look_up(added).shrunk, keeper.events()) == (False, [])

    def test_a_newer_file_is_what_the_person_wants(self, keeper: Keeper) -> None:
        added = keeper.upload(meetings(10))
        keeper.write(lambda s: s.calendars.replace_file(added.id, meetings(1)))
        keeper.refresh(added)
        assert len(keeper.events()) == 1


class TestFiles:
    def test_a_file_is_looked_at_again_when_the_next_day_begins(self, keeper: Keeper) -> None:
        added = keeper.upload(calendar(meeting(NINE)))
        again_at = keeper.refresh(added).again_at
        assert again_at == datetime(2026, 11, 23, 23, tzinfo=UTC)

    def test_a_broken_file_is_told_and_not_tried_every_minute(self, keeper: Keeper) -> None:
        added = keeper.upload(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        broken = b"<b>BEGIN:VCALENDAR</b>"
        keeper.write(lambda s: s.calendars.replace_file(added.id, broken))
        finish = keeper.refresh(added)
        assert "web page" in (keeper.look_up(added).error or "")
        assert finish.again_at == keeper.clock.now() + DAY

    def test_two_calendars_do_not_touch_each_other(
        self, keeper: Keeper, server: FeedServer
    ) -> None:
        server.body = calendar(meeting(NINE, uid="same", summary="Theirs"))
        theirs = keeper.subscribe(server)
        keeper.upload(calendar(meeting(NINE, uid="same", summary="Mine")))
        server.status = 500
        keeper.refresh(theirs)
        assert sorted(keeper.summaries()) == ["Mine", "Theirs"]
