"""Whatever the source says is in every catalogue, whole."""

import re
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

from dayloom.i18n.language import ENGLISH, LANGUAGES
from tools.messages import collect, read

OTHERS = [tag for tag in LANGUAGES if tag != ENGLISH.tag]
PLACE = re.compile(r"%\(\w+\)s")
MARK = re.compile(r"</?\w+[^>]*>")


@pytest.fixture(scope="module")
def source() -> Catalog:
    return collect()


@pytest.fixture(scope="module", params=OTHERS)
def translated(request: pytest.FixtureRequest) -> Catalog:
    return read(request.param)


def forms(message: Any) -> list[str]:
    """Return the singular and the plural, or the one sentence there is."""
    return [message] if isinstance(message, str) else list(message)


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def test_every_message_of_the_source_is_there_and_no_other(
    source: Catalog, translated: Catalog
) -> None:
    """`make messages` brings them together."""
    said = {tuple(forms(one.id)) for one in messages(source)}
    known = {tuple(forms(one.id)) for one in messages(translated)}
    assert (sorted(said - known), sorted(known - said)) == ([], [])


def test_every_message_is_translated(translated: Catalog) -> None:
    bare = [one.id for one in messages(translated) if not all(forms(one.string)) or one.fuzzy]
    assert bare == []


def test_a_translation_keeps_its_places(translated: Catalog) -> None:
    def places(text: str) -> set[str]:
        return set(PLACE.findall(text))

    for one in messages(translated):
        known = set().union(*map(places, forms(one.id)))
        for said in forms(one.string):
            assert places(said) <= known, said
            assert places(said) >= known - {"%(num)s"}, said
            assert "%" not in PLACE.sub("", said).replace("%%", ""), said


def test_a_translation_keeps_its_marks(translated: Catalog) -> None:
    for one in messages(translated):
        for known, said in zip(forms(one.id), forms(one.string), strict=True):
            assert sorted(MARK.findall(said)) == sorted(MARK.findall(known))
