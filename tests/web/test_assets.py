"""What a browser loads before it shows anything is small."""

from pathlib import Path

import dayloom.web

BUILT = Path(dayloom.web.__file__).parent / "static" / "dist"
KB = 1024


def compressed(pattern: str) -> int:
    (file,) = BUILT.glob(pattern)
    return file.stat().st_size


def test_the_script_is_one_small_file() -> None:
    assert compressed("app-*.js.gz") <= 30 * KB


def test_the_style_is_one_small_file() -> None:
    assert compressed("style-*.css.gz") <= 12 * KB
