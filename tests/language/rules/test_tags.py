from dayloom.language import read
from tests.language.told import context, tell


def test_a_known_tag_keeps_its_spelling() -> None:
    assert tell(read("Fix door #home", context(tags=("Home",)))).expect == {"tags": "Home"}


def test_a_tag_said_twice_is_one() -> None:
    told = tell(read("#home fix door #Home", context()))

    assert told.expect == {"tags": "home"}
    assert told.title == "fix door"


def test_letters_of_any_script_make_a_tag() -> None:
    assert tell(read("Fix door #zuhause_büro", context())).expect == {"tags": "zuhause_büro"}
