"""Without a model, plain orders do what they say, once, visibly, and can be undone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from dayloom.accounts.changes import CHAT, REQUEST
from dayloom.bootstrap import Services
from dayloom.chat.models import ChatMessage, MessageState, Role
from dayloom.chat.service import ChatService
from dayloom.infra import work
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.tasks.models import TaskStatus
from tests.chat.conftest import Talk
from tests.plans.conftest import Planner

BERLIN = ZoneInfo("Europe/Berlin")


def done(answer: ChatMessage) -> str:
    """Return the sentence of the one command that was done."""
    (command,) = answer.commands
    assert command["state"] == "done", command
    return str(command["sentence"])


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_the_four_examples(talk: Talk) -> None:
    assert done(talk.say("Create high priority task to fix login bug")).startswith(
        "Added “Fix login bug” (#1), priority 8, "
    )
    task = talk.task(1)
    assert (task.title, task.priority) == ("Fix login bug", 8.0)

    assert done(talk.say("Start task 1")) == "Started “Fix login bug” (#1)."
    assert talk.task(1).status is TaskStatus.STARTED

    listed = done(talk.say("What tasks do I have?"))
    assert listed.startswith("1 task open:\n#1 Fix login bug · running")

    assert done(talk.say("Complete the login bug task")) == "Done: “Fix login bug” (#1)."
    assert talk.task(1).status is TaskStatus.COMPLETED
    assert all(message.state is MessageState.COMPLETE for message in talk.messages())


def test_an_answer_says_that_rules_gave_it(talk: Talk) -> None:
    assert talk.say("What tasks do I have?").note == "Answered by rules"


def test_sure_orders_wait_for_no_model(modelled: Talk) -> None:
    task = modelled.add("Fix login bug")
    assert done(modelled.say(f"Start task {task}")) == f"Started “Fix login bug” (#{task})."
    assert modelled.read(lambda s: work.wanted(s.session, CHAT, str(s.account_id))) == 0


@pytest.mark.parametrize(
    ("words", "undone"),
    [
        ("Start task 1", TaskStatus.OPEN),
        ("Complete task 1", TaskStatus.OPEN),
        ("Stop task 2", TaskStatus.STARTED),
        ("Complete task 2", TaskStatus.STARTED),
    ],
)
def test_what_was_done_to_a_task_is_undone(talk: Talk, words: str, undone: TaskStatus) -> None:
    talk.add("Fix login bug")
    running = talk.add("Write the report")
    talk.write(lambda s: s.tracking.start(running))
    answer = talk.say(words)
    assert answer.undoable
    talk.write(lambda s: s.chat.undo(answer.id))
    assert talk.task(int(words[-1])).status is undone
    assert talk.task(running).status is TaskStatus.STARTED
    assert talk.states() == ["undone"]
    with pytest.raises(Conflict):
        talk.write(lambda s: s.chat.undo(answer.id))


def test_what_was_added_is_taken_away_again(talk: Talk) -> None:
    answer = talk.say("add buy milk tomorrow 30 min")
    assert talk.titles() == ["Buy milk"]
    talk.write(lambda s: s.chat.undo(answer.id))
    assert talk.titles() == []


def test_a_series_that_was_added_ends_with_the_undo(talk: Talk) -> None:
    answer = talk.say("remind me to water the plants every Monday")
    assert len(talk.titles()) > 1
    talk.write(lambda s: s.chat.undo(answer.id))
    assert talk.titles() == []


def test_a_deletion_waits_for_one_click(talk: Talk) -> None:
    task = talk.add("Buy milk")
    answer = talk.say("delete the milk")
    assert (answer.text, answer.proposed) == ("Shall I do this?", True)
    assert answer.commands[0]["sentence"] == f"Delete “Buy milk” (#{task})"
    assert talk.titles() == ["Buy milk"]

    talk.write(lambda s: s.chat.consent(answer.id))
    assert talk.titles() == []
    with pytest.raises(Conflict, match="decided already"):
        talk.write(lambda s: s.chat.consent(answer.id))
    talk.write(lambda s: s.chat.undo(answer.id))
    assert talk.titles() == ["Buy milk"]


def test_what_is_declined_is_not_done(talk: Talk) -> None:
    talk.add("Buy milk")
    answer = talk.say("delete the milk")
    talk.write(lambda s: s.chat.decline(answer.id))
    assert talk.states() == ["declined"]
    with pytest.raises(Conflict):
        talk.write(lambda s: s.chat.consent(answer.id))
    assert talk.titles() == ["Buy milk"]


def test_consent_is_checked_again_at_the_click(talk: Talk) -> None:
    first, second = talk.add("Buy milk"), talk.add("Write")
    answer = talk.say(f"complete {first} and {second}")
    assert talk.states() == ["proposed", "proposed"]
    talk.write(lambda s: s.tasks.delete(first))
    talk.write(lambda s: s.chat.consent(answer.id))
    assert talk.states() == ["refused", "done"]
    assert talk.last().commands[0]["sentence"] == f"There is no task #{first}."
    assert talk.task(second).status is TaskStatus.COMPLETED


def test_an_old_proposal_is_done_no_more(talk: Talk) -> None:
    talk.add("Buy milk")
    answer = talk.say("delete the milk")
    talk.clock.advance(timedelta(days=1, seconds=1))
    talk.write(lambda s: s.chat.consent(answer.id))
    assert talk.states() == ["refused"]
    assert "more than a day ago" in talk.last().commands[0]["sentence"]
    assert talk.titles() == ["Buy milk"]


def test_a_proposal_about_a_task_that_was_renamed_is_done_no_more(talk: Talk) -> None:
    task = talk.add("Buy milk")
    answer = talk.say("delete the milk")
    talk.write(lambda s: s.tasks.edit(task, {"title": "Save the world"}))
    talk.write(lambda s: s.chat.consent(answer.id))
    assert "has changed since" in talk.last().commands[0]["sentence"]
    assert talk.titles() == ["Save the world"]


def test_several_orders_wait_together(talk: Talk) -> None:
    answer = talk.say("add call mum; add buy stamps")
    assert talk.states() == ["proposed", "proposed"]
    talk.write(lambda s: s.chat.consent(answer.id))
    assert talk.titles() == ["Call mum", "Buy stamps"]


def test_what_cannot_be_done_is_said(talk: Talk) -> None:
    task = talk.add("Buy milk")
    talk.say("Complete the milk")
    assert talk.say("start task 99").commands[0]["sentence"] == "There is no task #99."
    assert "finished already" in talk.say(f"start task {task}").commands[0]["sentence"]
    assert talk.states() == ["refused"]


def test_between_two_tasks_it_asks(talk: Talk) -> None:
    talk.add("Call the plumber")
    talk.add("Call mum")
    answer = talk.say("complete the call")
    assert answer.commands == []
    assert answer.text == (
        "Which one do you mean?\n#1 Call the plumber\n#2 Call mum\n"
        "Say the number, as in “Complete task 1”."
    )


def test_unknown_names_and_unknown_words_are_told_from_each_other(talk: Talk) -> None:
    assert "No open task is called “the engine”" in talk.say("start the engine").text
    assert "plain orders" in talk.say("How is the weather?").text


def test_it_means_the_task_that_was_spoken_of(talk: Talk) -> None:
    task = talk.add("Call mum")
    talk.say("why is mum so late?")
    assert done(talk.say("start it")) == f"Started “Call mum” (#{task})."


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("move the report to tomorrow 14:00", "2026-11-24 14:00"),
        ("reschedule the report for Friday at 9am", "2026-11-27 09:00"),
        ("put the report on Thursday at 10:30", "2026-11-26 10:30"),
        ("move the report to 16:00", "2026-11-23 16:00"),
    ],
)
def test_a_task_is_moved_to_a_time(planner: Planner, talk: Talk, words: str, start: str) -> None:
    task = planner.add("Write the report 1h")
    planner.replan()
    before = planner.start_of(task)
    answer = talk.say(words)
    assert done(answer).startswith("Moved “Write the report” to ")
    planner.replan()
    assert planner.start_of(task) == local(start)
    talk.write(lambda s: s.chat.undo(answer.id))
    planner.replan()
    assert planner.read(lambda s: s.tasks.require(task.id)).pins == []
    assert before != local(start)


def test_a_task_is_moved_to_a_day(planner: Planner, talk: Talk) -> None:
    task = planner.add("Write the report 1h by tomorrow")
    due = task.due
    answer = talk.say("move the report to Friday")
    assert done(answer) == "“Write the report” is planned for Fri now."
    planner.replan()
    assert planner.start_of(task).astimezone(BERLIN).date() == local("2026-11-27").date()
    talk.write(lambda s: s.chat.undo(answer.id))
    back = talk.task(task.id)
    assert (back.release, back.due) == (None, due)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("move the report to somewhere nice", "Say a day or a time"),
        ("move the report to yesterday 9:00", "Say a day or a time"),
        ("move the report to tomorrow 10:00", "An event of your calendars lies there."),
    ],
)
def test_a_task_is_not_moved_where_it_cannot_go(
    planner: Planner, talk: Talk, words: str, said: str
) -> None:
    task = planner.add("Write the report 1h")
    planner.meet(local("2026-11-24 09:30"), local("2026-11-24 11:00"))
    answer = talk.say(words)
    assert talk.states() == ["refused"]
    assert said in answer.commands[0]["sentence"]
    assert talk.task(task.id).pins == []


def test_what_is_asked_about_is_listed(planner: Planner, talk: Talk) -> None:
    planner.add("Write the report 1h by today p9")
    planner.add("Buy milk tomorrow 10:00 30 min")
    planner.add("Book a flight 30 min by Friday")
    planner.replan()
    assert "#1 Write the report" in done(talk.say("what's due today?"))
    assert done(talk.say("what's due today?")).startswith("1 task due today:")
    assert done(talk.say("what is due this week?")).startswith("2 tasks due in the next 7 days:")
    assert "#2 Buy milk · tomorrow 10:00–10:30" in done(talk.say("what's on for tomorrow?"))
    assert done(talk.say("what's next?")).startswith("Next:\n#1 Write the report · today ")
    assert done(talk.say("what is overdue?")) == "Nothing is late."
    assert done(talk.say("what am I working on?")) == "Nothing is running."
    talk.say("complete task 1")
    assert "#1 Write the report · done 08:00" in done(talk.say("what did I finish today?"))


def test_a_place_is_explained(planner: Planner, talk: Talk) -> None:
    planner.add("Write the report 1h by today")
    planner.add("A book 39 h, must be done by tomorrow")
    planner.replan()
    assert done(talk.say("why is the report today?")).startswith(
        "“Write the report” (#1) lies at today "
    )
    assert "has no place in the plan. " in done(talk.say("why isn't the book planned?"))


def test_another_place_is_weighed_and_nothing_moves(planner: Planner, talk: Talk) -> None:
    first, second = planner.add("Read 1h due today 10:40"), planner.add("Write the report 1h")
    planner.replan()
    there = planner.start_of(first)
    assert done(talk.say("why is the report not at 9:00?")) == (
        "“Write the report” (#2) today at 09:00: moves “Read” (#1) to 10:00, makes “Read” (#1) "
        "20 min late."
    )
    assert done(talk.say("could it be tomorrow at 9?")) == (
        "“Write the report” (#2) tomorrow at 09:00: costs nothing; nothing else moves, and "
        "nothing is late."
    )
    assert planner.start_of(first) == there
    assert planner.read(lambda s: s.tasks.require(second.id)).pins == []


def test_a_plan_is_asked_for(talk: Talk) -> None:
    assert done(talk.say("replan my day")).startswith("Planning again")
    assert talk.read(lambda s: work.wanted(s.session, REQUEST, str(s.account_id))) == 1


def test_a_double_click_says_it_once(talk: Talk) -> None:
    first = talk.write(lambda s: s.chat.send("add buy milk", after=0))
    again = talk.write(lambda s: s.chat.send("add buy milk", after=0))
    assert again.id == first.id
    assert talk.titles() == ["Buy milk"]
    newest = talk.last().id
    talk.write(lambda s: s.chat.send("add buy milk", after=newest))
    assert talk.titles() == ["Buy milk", "Buy milk"]


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "x" * 4001])
def test_nothing_and_too_much_are_refused(talk: Talk, text: str) -> None:
    with pytest.raises(Invalid):
        talk.say(text)
    assert talk.messages() == []


def test_a_conversation_is_cleared_and_comes_back(talk: Talk) -> None:
    talk.say("What tasks do I have?")
    assert talk.write(lambda s: s.chat.clear()) == 2
    assert talk.messages() == []
    assert talk.write(lambda s: s.chat.restore()) == 2
    assert [m.role for m in talk.messages()] == [Role.PERSON, Role.ASSISTANT]


def test_what_was_cleared_is_forgotten_after_a_day(talk: Talk) -> None:
    talk.say("What tasks do I have?")
    talk.write(lambda s: s.chat.clear())
    talk.clock.advance(timedelta(days=1, seconds=1))
    talk.say("What's next?")
    assert talk.write(lambda s: s.chat.restore()) == 0


def test_unknown_messages_are_not_found(talk: Talk) -> None:
    acts: tuple[Callable[[ChatService], object], ...] = (
        lambda chat: chat.consent(99),
        lambda chat: chat.decline(99),
        lambda chat: chat.undo(99),
        lambda chat: chat.retry(99),
        lambda chat: chat.answer_to(99),
    )
    for act in acts:
        with pytest.raises(NotFound):
            talk.write(partial(_act, act=act))


def _act(s: Services, act: Callable[[ChatService], object]) -> object:
    return act(s.chat)


def test_an_undo_that_is_not_possible_any_more_changes_nothing(talk: Talk) -> None:
    task = talk.add("Buy milk")
    answer = talk.say("complete the milk")
    talk.write(lambda s: s.tasks.delete(task))
    with pytest.raises(Conflict, match="it is gone"):
        talk.write(lambda s: s.chat.undo(answer.id))
    assert talk.states() == ["done"]
