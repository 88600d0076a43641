"""Wants: they coalesce, wait for a burst to end, and belong to the caller's transaction."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from dayloom.infra.db import Database
from dayloom.infra.work import NO_TIME, Work, ensure, parked, request, wanted
from tests.fakes import FakeClock
from tests.infra.effects import work

SECOND = timedelta(seconds=1)
START = FakeClock().now()


def ask(
    db: Database,
    *,
    after: timedelta = NO_TIME,
    debounce: timedelta = NO_TIME,
    max_wait: timedelta = NO_TIME,
) -> int:
    return db.write_now(
        lambda session: request(
            session, "plan", "1", now=START + after, debounce=debounce, max_wait=max_wait
        )
    )


def change(db: Database, **values: object) -> None:
    db.write_now(lambda session: session.execute(update(Work).values(**values)))


def test_a_want_has_a_number_that_grows(db: Database) -> None:
    assert db.read_now(lambda session: wanted(session, "plan", "1")) == 0
    assert [ask(db), ask(db), ask(db)] == [1, 2, 3]
    assert db.read_now(lambda session: wanted(session, "plan", "1")) == 3
    assert db.read_now(lambda session: wanted(session, "plan", "2")) == 0


def test_a_want_is_undone_with_the_change_that_caused_it(db: Database) -> None:
    def unit(session: Session) -> None:
        request(session, "plan", "1", now=START)
        raise LookupError

    with pytest.raises(LookupError):
        db.write_now(unit)
    assert db.read_now(lambda session: wanted(session, "plan", "1")) == 0


class TestDue:
    def test_is_now_without_a_debounce(self, db: Database) -> None:
        ask(db)
        assert work(db).due == START

    def test_moves_with_each_want_of_a_burst(self, db: Database) -> None:
        for seconds in range(3):
            ask(db, after=seconds * SECOND, debounce=SECOND, max_wait=10 * SECOND)
        assert work(db).due == START + 3 * SECOND

    def test_never_moves_beyond_the_longest_wait_of_the_first_want(self, db: Database) -> None:
        for seconds in range(30):
            ask(db, after=seconds * SECOND, debounce=2 * SECOND, max_wait=10 * SECOND)
        assert work(db).due == START + 10 * SECOND

    def test_without_a_longest_wait_the_first_debounce_is_it(self, db: Database) -> None:
        for tenths in range(30):
            ask(db, after=tenths * SECOND / 10, debounce=2 * SECOND)
        assert work(db).due == START + 2 * SECOND

    def test_an_urgent_want_ends_the_debounce(self, db: Database) -> None:
        ask(db, debounce=5 * SECOND)
        ask(db, after=SECOND)
        assert work(db).due == START + SECOND

    def test_a_burst_after_the_work_was_done_begins_a_new_wait(self, db: Database) -> None:
        ask(db, debounce=SECOND, max_wait=2 * SECOND)
        change(db, done=1, latest=None)
        ask(db, after=60 * SECOND, debounce=SECOND, max_wait=2 * SECOND)
        assert work(db).due == START + 61 * SECOND

    def test_no_want_shortens_the_pause_after_a_failure(self, db: Database) -> None:
        ask(db)
        change(db, attempts=3, due=START + 8 * SECOND)
        ask(db, after=SECOND)
        assert work(db).due == START + 8 * SECOND


class TestParked:
    def test_is_shown_with_its_error_until_it_is_wanted_again(self, db: Database) -> None:
        ask(db)
        change(db, attempts=12, parked_at=START, error="it broke")
        shown = db.read_now(parked)
        assert [(row.kind, row.key, row.error) for row in shown] == [("plan", "1", "it broke")]
        ask(db, after=SECOND)
        assert db.read_now(parked) == []
        assert work(db).attempts == 12


class TestEnsure:
    def ensure(self, db: Database) -> None:
        db.write_now(lambda session: ensure(session, "plan", "1", now=START + SECOND))

    def test_starts_what_was_never_wanted(self, db: Database) -> None:
        self.ensure(db)
        assert (work(db).want, work(db).due) == (1, START + SECOND)

    def test_leaves_alone_what_waits_for_its_time(self, db: Database) -> None:
        ask(db, after=60 * SECOND)
        self.ensure(db)
        assert (work(db).want, work(db).due) == (1, START + 60 * SECOND)

    @pytest.mark.parametrize("values", [{"done": 1}, {"parked_at": START, "attempts": 12}])
    def test_starts_again_what_came_to_an_end(
        self, db: Database, values: dict[str, object]
    ) -> None:
        ask(db)
        change(db, **values)
        self.ensure(db)
        assert (work(db).want, work(db).parked_at) == (2, None)
