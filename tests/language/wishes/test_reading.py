"""A whole context: its sentences, their places, and texts that nobody should be able to hurt."""

import random

import pytest

from dayloom.language.wishes import Wish, WishKind, matches, read_wishes

CONTEXT = """I am a designer in Oslo. I work Mon–Fri 9 to 5.
- No meetings before 10!
- max. 2 h of calls a day
3. Gym 3x a week; deep work in the mornings

Mein Montag ist heilig."""


def test_each_sentence_stands_where_it_was_written() -> None:
    read = read_wishes(CONTEXT)
    assert [CONTEXT[one.span.start : one.span.end] for one in read] == [one.text for one in read]
    assert [one.text for one in read] == [
        "I am a designer in Oslo.",
        "I work Mon–Fri 9 to 5.",
        "No meetings before 10!",
        "max. 2 h of calls a day",
        "Gym 3x a week;",
        "deep work in the mornings",
        "Mein Montag ist heilig.",
    ]
    assert [len(one.wishes) for one in read] == [0, 1, 1, 1, 1, 1, 0]


def test_a_full_stop_inside_of_a_time_ends_no_sentence() -> None:
    (only,) = read_wishes("No calls before 9.30 or after 4 p.m. on Fridays.")
    assert [(w.start, w.end, w.days) for w in only.wishes] == [
        ("00:00", "09:30", (4,)),
        ("16:00", "24:00", (4,)),
    ]


def test_one_clause_that_means_nothing_takes_the_others_with_it() -> None:
    (only,) = read_wishes("No calls before 10, but ask me on Mondays")
    assert only.wishes == ()


def test_hours_that_do_not_exist_are_not_named() -> None:
    (only,) = read_wishes("No work before 10", hour_maps=("office",))
    assert [(wish.subject, wish.hour_map) for wish in only.wishes] == [("work", "")]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("calls", "Call Peter"),
        ("calls", "Weekly call with Anna"),
        ("writing", "Write the report"),
        ("running", "Go for a run"),
        ("deep work", "Deep work: parser"),
        ("errands", "An errand in town"),
    ],
)
def test_a_kind_of_task_is_known_in_each_of_its_forms(subject: str, title: str) -> None:
    assert matches(subject, title=title, tags=[])


@pytest.mark.parametrize(
    ("subject", "title"),
    [("calls", "Recall the survey"), ("deep work", "Work on the deep dive"), ("run", "Rundown")],
)
def test_a_word_inside_of_another_is_no_kind(subject: str, title: str) -> None:
    assert not matches(subject, title=title, tags=[])


def test_a_tag_is_a_kind() -> None:
    assert matches("deep work", title="Parser", tags=["deep-work"])
    assert not matches("deep work", title="Parser", tags=["work"])


WORDS = (
    "I work no calls before after until 10 9-17 Mon–Fri and or , except only at most 2h a day of "
    "between tasks 10 minutes three times week lunch “ ” ( ) . ; ! ? -- 25:61 99999999 0 -1 ½ é "
    "WHEN LENGTH SUBJECT \x00 \ud800 \u202e ７ evening every Sunday off free keep for deep work"
)
PIECES = WORDS.split(" ")


@pytest.mark.parametrize("seed", range(40))
def test_no_text_is_an_error_and_every_wish_is_in_range(seed: int) -> None:
    rng = random.Random(seed)
    text = "".join(rng.choice(PIECES) + rng.choice((" ", " ", " ", "", "\n")) for _ in range(900))
    for sentence in read_wishes(text[:10_000], hour_maps=("work",)):
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        for wish in sentence.wishes:
            assert_sane(wish)


def assert_sane(wish: Wish) -> None:
    for clock in filter(None, (wish.start, wish.end)):
        hour, minute = map(int, clock.split(":"))
        assert 0 <= hour * 60 + minute <= 24 * 60
        assert minute < 60
    assert wish.start != wish.end or wish.start is None
    assert set(wish.days) <= set(range(7))
    assert wish.minutes is None or 0 < wish.minutes <= 24 * 60
    assert wish.kind is not WishKind.BUFFER or wish.minutes


@pytest.mark.parametrize(
    "text",
    [
        "." * 10_000,
        "no " * 3_333,
        "no calls before 10 and " * 434,
        "1. " * 3_333,
        "\n" * 10_000,
        "9-17 " * 2_000,
        "on Monday and " * 714,
        "x" * 10_000,
        "( " * 5_000,
    ],
)
def test_a_hostile_text_gives_few_sentences_and_no_wish_of_an_endless_one(text: str) -> None:
    read = read_wishes(text)
    assert len(read) <= 200
    assert all(not one.wishes for one in read if len(one.text) > 300)
