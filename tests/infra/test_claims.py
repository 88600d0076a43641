"""Claims: one holder at a time, results only from the holder, failures that slow down."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from dayloom.infra import claims
from dayloom.infra.claims import (
    FORGIVEN_CRASHES,
    LONGEST_BACK_OFF,
    MOST_ATTEMPTS,
    Fenced,
    Held,
    back_off,
)
from dayloom.infra.db import Database
from dayloom.infra.work import Finish, request
from tests.fakes import FakeClock
from tests.infra.effects import effects, leave, work

SECOND = timedelta(seconds=1)
LEASE = 30 * SECOND
NOW = FakeClock().now()


def ask(db: Database, key: str = "1", *, now: datetime = NOW) -> None:
    db.write_now(lambda session: request(session, "plan", key, now=now))


def take(db: Database, owner: str = "a:1", *, now: datetime = NOW) -> Held | None:
    return db.write_now(
        lambda session: claims.take(session, owner, kinds=["plan"], now=now, lease=LEASE)
    )


def hold(db: Database, owner: str = "a:1", *, now: datetime = NOW) -> Held:
    held = take(db, owner, now=now)
    assert held is not None
    return held


def finish(db: Database, held: Held, *, again_at: datetime | None = None) -> None:
    end = Finish(unit=leave(held.claim), again_at=again_at)
    db.write_now(lambda session: claims.finish(session, held, end))


def fail(db: Database, held: Held, *, now: datetime = NOW, park: bool = True) -> None:
    db.write_now(lambda session: claims.fail(session, held, error="no", now=now, park=park))


class TestTake:
    def test_gives_each_piece_of_work_to_one_only(self, db: Database) -> None:
        ask(db)
        assert hold(db, "a:1").claim.key == "1"
        assert take(db, "b:1") is None

    def test_takes_what_is_due_for_longest(self, db: Database) -> None:
        ask(db, "late", now=NOW - SECOND)
        ask(db, "later", now=NOW - 3 * SECOND)
        assert [hold(db).claim.key, hold(db).claim.key] == ["later", "late"]

    def test_leaves_what_is_not_due_and_what_nobody_here_can_do(self, db: Database) -> None:
        ask(db, now=NOW + SECOND)
        db.write_now(lambda session: request(session, "other", "1", now=NOW))
        assert take(db) is None

    def test_takes_over_when_the_lease_has_run_out(self, db: Database) -> None:
        ask(db)
        hold(db, "a:1")
        assert take(db, "b:1", now=NOW + LEASE - SECOND) is None
        assert hold(db, "b:1", now=NOW + LEASE).attempt == 2

    def test_a_longer_lease_is_not_taken_over(self, db: Database) -> None:
        ask(db)
        hold(db, "a:1")
        lease = NOW + 2 * LEASE
        kept = db.write_now(lambda s: claims.extend(s, {"a:1", "lost:1"}, lease=lease))
        assert kept == {"a:1"}
        assert take(db, "b:1", now=NOW + LEASE) is None

    def test_the_next_look_is_when_something_can_be_claimed(self, db: Database) -> None:
        def next_due(session: Session) -> datetime | None:
            return claims.next_due(session, ["plan"])

        assert db.read_now(next_due) is None
        ask(db, now=NOW)
        assert db.read_now(next_due) == NOW
        hold(db)
        assert db.read_now(next_due) == NOW + LEASE


class TestFinish:
    def test_stores_the_result_and_the_end_together(self, db: Database) -> None:
        ask(db)
        finish(db, hold(db))
        assert effects(db) == [("plan", "1", 1)]
        assert (work(db).done, work(db).owner, work(db).attempts) == (1, None, 0)
        assert take(db) is None

    def test_without_the_claim_nothing_is_stored(self, db: Database) -> None:
        ask(db)
        zombie = hold(db, "a:1")
        heir = hold(db, "b:1", now=NOW + LEASE)
        with pytest.raises(Fenced):
            finish(db, zombie)
        finish(db, heir)
        with pytest.raises(Fenced):
            finish(db, heir)
        assert effects(db) == [("plan", "1", 1)]

    def test_a_result_that_cannot_be_stored_leaves_the_work_undone(self, db: Database) -> None:
        ask(db)
        held = hold(db)

        def broken(session: Session) -> None:
            leave(held.claim)(session)
            raise LookupError

        with pytest.raises(LookupError):
            db.write_now(lambda s: claims.finish(s, held, Finish(unit=broken)))
        assert effects(db) == []
        assert (work(db).done, work(db).owner) == (0, "a:1")

    def test_what_was_wanted_meanwhile_is_still_to_be_done(self, db: Database) -> None:
        ask(db)
        held = hold(db)
        ask(db)
        ask(db)
        finish(db, held)
        again = hold(db)
        assert again.claim.want == 3
        finish(db, again)
        assert take(db) is None

    def test_a_result_may_want_its_own_work_again(self, db: Database) -> None:
        ask(db)
        held = hold(db)
        end = Finish(unit=lambda session: request(session, "plan", "1", now=NOW))
        db.write_now(lambda session: claims.finish(session, held, end))
        assert hold(db).claim.want == 2

    def test_periodic_work_is_due_again_at_its_time(self, db: Database) -> None:
        ask(db)
        finish(db, hold(db), again_at=NOW + 60 * SECOND)
        assert take(db, now=NOW + 59 * SECOND) is None
        assert hold(db, now=NOW + 60 * SECOND).claim.want == 2

    def test_periodic_work_that_is_wanted_earlier_is_done_earlier(self, db: Database) -> None:
        ask(db)
        held = hold(db)
        ask(db)
        finish(db, held, again_at=NOW + 60 * SECOND)
        finish(db, hold(db), again_at=NOW + 60 * SECOND)
        ask(db, now=NOW + SECOND)
        assert hold(db, now=NOW + SECOND).claim.want == 4


class TestFailure:
    def test_pauses_grow_up_to_five_minutes(self) -> None:
        assert [back_off(n) / SECOND for n in (1, 2, 3, 4)] == [1, 2, 4, 8]
        assert back_off(10) == back_off(1000) == LONGEST_BACK_OFF

    def test_the_work_is_tried_again_after_a_pause(self, db: Database) -> None:
        ask(db)
        fail(db, hold(db))
        assert (work(db).owner, work(db).error) == (None, "no")
        assert take(db) is None
        assert hold(db, now=NOW + SECOND).attempt == 2

    def test_a_success_forgets_the_failures(self, db: Database) -> None:
        ask(db)
        fail(db, hold(db))
        finish(db, hold(db, now=NOW + SECOND))
        assert (work(db).attempts, work(db).error) == (0, None)

    @pytest.mark.parametrize("park", [True, False])
    def test_after_many_attempts_it_is_parked_unless_it_is_periodic(
        self, db: Database, *, park: bool
    ) -> None:
        ask(db)
        now = NOW
        for _ in range(MOST_ATTEMPTS):
            fail(db, hold(db, now=now), now=now, park=park)
            now += LONGEST_BACK_OFF
        assert (work(db).parked_at is not None) == park
        assert (take(db, now=now) is None) == park

    def test_work_given_back_counts_no_attempt(self, db: Database) -> None:
        ask(db)
        held = hold(db)
        db.write_now(lambda session: claims.give_back(session, held))
        assert hold(db).attempt == 1


class TestFree:
    def die(self, db: Database, *, now: datetime = NOW) -> None:
        db.write_now(lambda session: claims.free(session, {"dead"}, now=now))

    def test_the_work_of_a_dead_worker_starts_again_at_once(self, db: Database) -> None:
        ask(db)
        hold(db, "dead:7")
        self.die(db)
        assert hold(db, "heir:1").attempt == 2

    def test_other_workers_keep_theirs(self, db: Database) -> None:
        ask(db)
        hold(db, "alive:1")
        self.die(db)
        assert work(db).owner == "alive:1"

    def test_work_that_kills_its_worker_is_slowed_down_and_parked(self, db: Database) -> None:
        ask(db)
        now, pauses = NOW, []
        for _ in range(MOST_ATTEMPTS):
            hold(db, "dead:1", now=now)
            self.die(db, now=now)
            pauses.append(max(work(db).due - now, timedelta(0)))
            now = max(now, work(db).due)
        assert pauses[:FORGIVEN_CRASHES] == [timedelta(0)] * FORGIVEN_CRASHES
        assert pauses[FORGIVEN_CRASHES] == SECOND
        assert work(db).parked_at is not None
        assert "died" in (work(db).error or "")


def test_a_clock_set_back_does_not_hold_up_what_is_waiting(db: Database) -> None:
    ask(db, now=NOW)
    earlier = NOW - timedelta(hours=2)
    assert take(db, now=earlier) is None
    db.write_now(lambda session: claims.bring_forward(session, now=earlier))
    assert hold(db, now=earlier).claim.key == "1"
