"""`dayloom add`."""

from tests.cli.conftest import Shell


def test_says_when_and_what_was_understood(shell: Shell) -> None:
    printed = shell.run("add", "Write report 2h by Friday p8 #work")
    assert printed.splitlines() == [
        "#1  Write report  today 09:00–11:00",
        "    2 h, due Fri, priority 8, #work",
    ]


def test_a_task_in_pieces_is_no_single_stretch(shell: Shell) -> None:
    printed = shell.run("add", "Prepare workshop 30h")
    assert " pieces" in printed.splitlines()[0]


def test_words_need_no_quotes(shell: Shell) -> None:
    assert "Call Ana" in shell.run("add", "Call", "Ana", "20m")


def test_many_lines_come_from_standard_input(shell: Shell) -> None:
    printed = shell.run("add", typed="- One 1h\n- Two 30m\n")
    assert [line[:7] for line in printed.splitlines()[::2]] == ["#1  One", "#2  Two"]


def test_a_recurring_task_is_one_line_and_its_turns(shell: Shell) -> None:
    printed = shell.run("add", "gym every day 1h")
    assert printed.count("gym") == 1
    assert "more are planned" in printed


def test_a_guess_is_marked(shell: Shell) -> None:
    assert "guessed: start" in shell.run("add", "call at 5")
    assert "guessed" not in shell.run("add", "call at 17:30")


def test_json_is_what_rest_answers(shell: Shell) -> None:
    (task,) = shell.read("add", "Write 2h")["tasks"]
    assert (task["title"], task["duration_minutes"]) == ("Write", 120)
    assert task["scheduled_start_time"] == "2026-11-23T09:00:00+01:00"


def test_nothing_said_is_refused_in_one_sentence(shell: Shell) -> None:
    assert shell.run("add", typed=" \n", status=1) == "Say what there is to do.\n"


def test_one_bad_line_leaves_nothing_behind(shell: Shell) -> None:
    complaint = shell.run("add", typed="One\nTwo after #99\n", status=1)
    assert complaint == "There is no task #99 to wait for.\n"
    assert shell.read("list")["tasks"] == []


def test_a_dry_run_says_how_it_would_fit_and_adds_nothing(shell: Shell) -> None:
    shell.run("add", "Read 2h")
    said = shell.run("add", "--dry-run", "Write 1h due today 10:00 p8")
    assert said == "Write  today 09:00–10:00, fits if “Read” (#1) moves to 10:00\n"
    late = shell.read("add", "--dry-run", "Write 1h due today 08:30")["drafts"][0]["truth"]
    assert (late["code"], late["sentence"]) == ("late", "makes it 1 h 30 late")
    assert len(shell.read("list")["tasks"]) == 1
