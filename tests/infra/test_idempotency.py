"""Answers are kept by key, compared by fingerprint, and let go after a day."""

from datetime import timedelta

import pytest

from dayloom.infra.idempotency import KEPT_FOR, Key, KeyReused, recall, remember
from tests.conftest import Desk
from tests.fakes import FakeClock

KEY = Key(name="k", fingerprint="f")


def keep(desk: Desk, key: Key = KEY, answer: str = "{}") -> None:
    desk.write(lambda s: remember(s.session, s.account_id, key, answer=answer, now=s.now))


def ask(desk: Desk, key: Key = KEY) -> str | None:
    return desk.read(lambda s: recall(s.session, s.account_id, key))


def test_an_unknown_key_has_no_answer(desk: Desk) -> None:
    assert ask(desk) is None


def test_a_known_key_has_its_answer(desk: Desk) -> None:
    keep(desk, answer='{"id":1}')
    assert ask(desk) == '{"id":1}'


def test_a_known_key_with_another_request_is_refused(desk: Desk) -> None:
    keep(desk)
    with pytest.raises(KeyReused, match="choose a new one"):
        ask(desk, Key(name="k", fingerprint="other"))


def test_another_account_has_keys_of_its_own(desk: Desk) -> None:
    keep(desk)
    assert desk.read(lambda s: recall(s.session, s.account_id + 1, KEY)) is None


def test_an_answer_is_let_go_after_a_day(desk: Desk, clock: FakeClock) -> None:
    keep(desk)
    clock.advance(KEPT_FOR - timedelta(seconds=1))
    keep(desk, Key(name="later", fingerprint="f"))
    assert ask(desk) == "{}"
    clock.advance(timedelta(seconds=1))
    keep(desk, Key(name="last", fingerprint="f"))
    assert ask(desk) is None
