"""What a browser loads before it shows anything is small."""

from pathlib import Path

import pytest

import dayloom.web

BUILT = Path(dayloom.web.__file__).parent / "static" / "dist"
KB = 1024


def compressed(pattern: str) -> int:
    (file,) = BUILT.glob(pattern)
    return file.stat().st_size


def test_the_script_is_one_small_file() -> None:
    assert compressed("app-*.js.gz") <= 30 * KB


@pytest.mark.parametrize("sheet", ["settings", "reports", "chat"])
def test_the_styles_of_a_page_are_small(sheet: str) -> None:
    assert compressed("style-*.css.gz") + compressed(f"{sheet}-*.css.gz") <= 12 * KB
