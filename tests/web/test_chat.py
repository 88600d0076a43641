"""The conversation over the pages: with htmx and without, and whatever is typed or pressed."""

import re

import pytest

from tests.conftest import Desk
from tests.web.visiting import Visitor, toast

WRITTEN = "<script>alert(1)</script>"


@pytest.fixture
def talk(visitor: Visitor, desk: Desk) -> "Talk":
    return Talk(visitor, desk)


class Talk:
    """Somebody who speaks to the page."""

    def __init__(self, visitor: Visitor, desk: Desk) -> None:
        self.visitor = visitor
        self.desk = desk

    def say(self, text: str) -> str:
        """Say something and return the conversation that follows."""
        self.visitor.send("/chat/send", {"text": text, "after": self.newest})
        return self.visitor.part("/chat")

    def press(self, what: str, *, message: int | None = None, status: int = 204) -> str:
        url = f"/chat/messages/{message or self.newest}/{what}"
        self.visitor.send(url, {}, status=status)
        return self.visitor.part("/chat")

    def add(self, text: str) -> int:
        return self.desk.write(lambda s: s.capture.add_lines(text)).tasks[0].id

    @property
    def newest(self) -> int:
        found = re.search(r'name="after" value="(\d+)"', self.visitor.part("/chat"))
        assert found is not None
        return int(found[1])

    @property
    def titles(self) -> list[str]:
        return [task.title for task in self.desk.read(lambda s: s.tasks.unfinished())]


def test_an_empty_conversation_offers_what_can_be_said(visitor: Visitor) -> None:
    page = visitor.look("/chat")
    assert page.count('type="hidden" name="text" value=') == 4
    assert "Rules only" in page


def test_a_region_pulls_only_the_messages(visitor: Visitor) -> None:
    part = visitor.part("/chat")
    assert 'id="chat"' in part
    assert "<html" not in part


def test_what_is_said_is_done_and_can_be_undone_on_the_message(talk: Talk) -> None:
    told = talk.say("Create high priority task to fix login bug")
    assert "Added" in told
    assert len(talk.titles) == 1
    assert "Undo" in told
    told = talk.press("undo")
    assert talk.titles == []
    assert 'data-state="undone"' in told


def test_an_answer_is_undone_once(talk: Talk) -> None:
    talk.say("Add buy milk")
    talk.press("undo")
    talk.press("undo", status=409)
    assert talk.titles == []


def test_a_repeated_press_of_send_is_one_message(talk: Talk) -> None:
    for _ in range(2):
        talk.visitor.send("/chat/send", {"text": "Add buy milk", "after": 0})
    assert talk.titles == ["Buy milk"]


def test_a_deletion_waits_for_a_click(talk: Talk) -> None:
    task = talk.add("Buy milk")
    told = talk.say(f"Delete task {task}")
    assert talk.titles == ["Buy milk"]
    assert "Do it" in told
    told = talk.press("consent")
    assert talk.titles == []
    assert "Do it" not in told


def test_a_second_click_does_nothing_more(talk: Talk) -> None:
    talk.say(f"Delete task {talk.add('Buy milk')}")
    talk.press("consent")
    talk.press("undo")
    talk.press("consent", status=409)
    assert talk.titles == ["Buy milk"]


def test_a_declined_deletion_can_not_be_agreed_to(talk: Talk) -> None:
    talk.say(f"Delete task {talk.add('Buy milk')}")
    assert 'data-state="declined"' in talk.press("decline")
    talk.press("consent", status=409)
    assert talk.titles == ["Buy milk"]


def test_what_was_typed_is_shown_as_text(talk: Talk) -> None:
    told = talk.say(f"Add {WRITTEN}")
    assert WRITTEN not in told
    assert "&lt;script&gt;" in told


def test_a_number_in_an_answer_leads_to_its_task(talk: Talk) -> None:
    task = talk.add("Buy milk")
    assert f'href="/tasks/{task}"' in talk.say("What tasks do I have?")


def test_a_number_that_is_no_task_leads_nowhere(talk: Talk) -> None:
    assert 'href="/tasks/4711"' not in talk.say("Start task 4711")


@pytest.mark.parametrize("text", ["", "   ", "x" * 4_001], ids=["empty", "blank", "too long"])
def test_what_cannot_be_sent_is_told_beside_the_form(talk: Talk, text: str) -> None:
    headers = {"HX-Request": "true", "HX-Target": "p#say-error"}
    answer = talk.visitor.client.post("/chat/send", data={"text": text}, headers=headers)
    assert answer.status_code == 422
    assert answer.text.strip()
    assert talk.newest == 0


def test_without_script_what_cannot_be_sent_is_not_lost(visitor: Visitor) -> None:
    answer = visitor.send_plainly("/chat/send", {"text": "y" * 4_001}, status=422)
    assert "y" * 4_001 in answer.text
    assert "4,000" in answer.text


def test_without_script_every_press_leads_back_to_the_conversation(talk: Talk) -> None:
    plainly = talk.visitor.send_plainly
    assert plainly("/chat/send", {"text": "Add buy milk"}).headers["Location"] == "/chat"
    undone = plainly(f"/chat/messages/{talk.newest}/undo", {})
    assert undone.headers["Location"] == "/chat"
    assert plainly("/chat/clear", {}).headers["Location"] == "/chat"
    assert talk.newest == 0


def test_a_cleared_conversation_comes_back(talk: Talk) -> None:
    talk.say("Add buy milk")
    cleared = talk.visitor.send("/chat/clear", {})
    assert toast(cleared)["text"] == "Conversation cleared"
    assert talk.newest == 0
    talk.visitor.undo(cleared)
    assert "Add buy milk" in talk.visitor.part("/chat")
    assert talk.titles == ["Buy milk"]


@pytest.mark.parametrize("what", ["consent", "decline", "undo", "retry"])
def test_a_message_that_is_not_there_is_told_so(talk: Talk, what: str) -> None:
    talk.press(what, message=4711, status=404)


def test_a_whole_answer_is_not_asked_for_again(talk: Talk) -> None:
    talk.say("What tasks do I have?")
    talk.press("retry", status=409)


@pytest.mark.parametrize("path", ["/chat/send", "/chat/clear", "/chat/messages/1/consent"])
def test_looking_changes_nothing(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path).status_code in (404, 405)


@pytest.mark.parametrize("after", ["-1", "x", str(2**63)])
def test_a_forged_place_in_the_conversation_is_refused(visitor: Visitor, after: str) -> None:
    visitor.send("/chat/send", {"text": "Add buy milk", "after": after}, status=422)
