"""Blocks that would cover each other stand side by side, as wide as there is room."""

from hypothesis import given
from hypothesis import strategies as st

from dayloom.web.blocks import Block
from dayloom.web.timeline import Scale, side_by_side

SCALE = Scale(view="week", label="", pixels=1, shortest=18)
MOMENTS = st.tuples(st.integers(0, 1400), st.integers(5, 300))


def block(start: int, length: int) -> Block:
    return Block(
        key=f"{start}-{length}",
        kind="plan",
        title="",
        start=start,
        length=length,
        span="",
        taking="",
    )


def lanes(*spans: tuple[int, int]) -> list[tuple[int, int, int]]:
    blocks = sorted((block(*span) for span in spans), key=lambda b: (b.start, -b.length))
    return [(b.lane, b.lanes, b.width) for b in side_by_side(blocks, SCALE)]


def test_what_follows_has_the_whole_width() -> None:
    assert lanes((600, 60), (660, 60)) == [(0, 1, 1), (0, 1, 1)]


def test_what_overlaps_shares_it() -> None:
    assert lanes((600, 60), (630, 60)) == [(0, 2, 1), (1, 2, 1)]


def test_a_short_block_counts_as_tall_as_it_is_drawn() -> None:
    assert lanes((600, 5), (610, 60)) == [(0, 2, 1), (1, 2, 1)]


def test_a_late_block_of_a_crowd_takes_what_is_free() -> None:
    assert lanes((600, 120), (600, 60), (600, 60), (680, 60))[-1] == (1, 3, 2)


@given(st.lists(MOMENTS, max_size=12))
def test_no_block_covers_another(spans: list[tuple[int, int]]) -> None:
    blocks = sorted((block(*span) for span in spans), key=lambda b: (b.start, -b.length))
    drawn = side_by_side(blocks, SCALE)
    for n, one in enumerate(drawn):
        for other in drawn[n + 1 :]:
            apart = one.start + max(one.length, 18) <= other.start
            beside = one.lane + one.width <= other.lane or other.lane + other.width <= one.lane
            assert apart or (one.lanes == other.lanes and beside)
