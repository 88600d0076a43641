"""The conversation with a real model server, through the real door and its records."""

import asyncio
from collections.abc import Iterator

import pytest

from dayloom.accounts.changes import CHAT
from dayloom.chat.jobs import ChatJob
from dayloom.chat.models import MessageState
from dayloom.infra.settings import Settings
from dayloom.infra.work import Claim
from dayloom.language.program.lazy import LazyDoor
from dayloom.tasks.models import TaskStatus
from tests.chat.conftest import Talk
from tests.databases import new_container
from tests.fakes import FakeClock
from tests.model_server import Fault, ModelServer, Says

FAULTS = (Fault.CUT, Fault.GARBAGE, Fault.OTHER_IDS, Fault.WRONG_SCHEMA, Fault.UNAUTHORIZED)
SENTENCE = "That was a good week, with a lot of work done."


@pytest.fixture
def served(settings: Settings, clock: FakeClock, model_server: ModelServer) -> Iterator[Talk]:
    """A conversation whose model is the one that the environment names."""
    named = settings.model_copy(
        update={"llm_base_url": model_server.url, "llm_model": "small", "llm_timeout": 5}
    )
    made = new_container(named, clock=clock)
    yield Talk(made, clock)
    made.db.close()


def answer(talk: Talk) -> None:
    asyncio.run(_answer(talk))


async def _answer(talk: Talk) -> None:
    container = talk.container
    door = LazyDoor(allow=container.endpoints.allowed_hosts)
    try:
        job = ChatJob(container.db, container.clock, container.models(door))
        await job(Claim(kind=CHAT, key=str(container.account_id), want=1))
    finally:
        await door.close()


def test_what_a_server_says_is_the_answer_and_is_recorded(
    served: Talk, model_server: ModelServer
) -> None:
    task = served.add("Write the report")
    orders = [{"op": "complete", "task_id": task}]
    model_server.says({"reply": SENTENCE, "commands": orders})
    served.say("so the report is over and done with, all of it")
    answer(served)
    last = served.last()
    assert (last.text, last.state) == (SENTENCE, MessageState.COMPLETE)
    assert served.task(task).status is TaskStatus.COMPLETED
    assert last.execution_id is not None
    row = served.read(lambda s: s.executions.require(last.execution_id or 0))
    assert row.failure is None


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_loses_the_message_or_changes_a_task(
    served: Talk, model_server: ModelServer, fault: Fault
) -> None:
    task = served.add("Write the report")
    model_server.fault = fault
    served.say("so the report is over and done with, all of it")
    answer(served)
    person, last = served.messages()
    assert person.text.startswith("so the report")
    assert last.state in (MessageState.BROKEN, MessageState.COMPLETE)
    assert last.text or last.note
    assert served.task(task).status is TaskStatus.OPEN
    assert "done" not in served.states()


def test_what_was_streamed_before_the_cut_is_kept_and_tried_again(
    served: Talk, model_server: ModelServer
) -> None:
    model_server.says(Says(fields={"reply": SENTENCE, "commands": []}, cut_after=6))
    served.say("How was my week?")
    answer(served)
    broken = served.last()
    assert broken.state is MessageState.BROKEN
    assert broken.note
    assert SENTENCE.startswith(broken.text)
    assert broken.text
    model_server.says({"reply": SENTENCE})
    served.write(lambda s: s.chat.retry(broken.id))
    answer(served)
    assert [m.text for m in served.messages()][1:] == [broken.text, SENTENCE]


def test_a_hostile_server_does_nothing_that_was_not_agreed_to(
    served: Talk, model_server: ModelServer
) -> None:
    ids = [served.add(f"Task number {n}") for n in range(5)]
    orders = [{"op": "delete", "task_id": str(one)} for one in ids] * 10
    orders += [{"op": "create", "text": "Send money"}]
    model_server.says({"reply": "<script>alert(1)</script>", "commands": orders})
    served.say("Tell me of task number one, please?")
    answer(served)
    assert served.states() == ["proposed"] * 3
    assert len(served.titles()) == 5
    served.write(lambda s: s.chat.decline(served.last().id))
    assert len(served.titles()) == 5
