import pytest

from dayloom.language import read
from tests.language.told import context


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Write report (2h) by Friday", "Write report"),
        ("Write report, 2h, by Friday", "Write report"),
        ("Write report - 2h - by Friday", "Write report"),
        ("Write report | 2h | p8 | #work", "Write report"),
        ("2h: write report", "write report"),
        ("tomorrow: write report; 2h", "write report"),
        ("Write   report\t2h", "Write report"),
        ("Write report and tomorrow at 9", "Write report"),
        ("Write report, tomorrow!", "Write report"),
        ("Write (draft) report [v2] 2h", "Write (draft) report [v2]"),
        ("Find out what it is for", "Find out what it is for"),
        ("What is this about? 20m", "What is this about?"),
        ("Write report. 2h.", "Write report."),
        ("tomorrow 9am 2h", "tomorrow 9am 2h"),
        ("2h", "2h"),
        ("- 2h", "2h"),
        ("#work", "#work"),
        ("Überweisung 2h", "Überweisung"),
        ("買い物 tomorrow", "買い物"),
        ("🎂 for Ann tomorrow", "🎂 for Ann"),
    ],
)
def test_the_title_is_what_is_left(text: str, title: str) -> None:
    assert read(text, context()).title == title
