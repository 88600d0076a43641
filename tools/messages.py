"""Collects what the source says and brings the translations up to date: `make messages`."""

from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from dayloom.i18n.catalogues import path_of
from dayloom.i18n.language import ENGLISH, LANGUAGES

ROOT = Path(__file__).parent.parent
WIDTH = 99
PASSING = (  # lines of the header that would change each time, or say nothing
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Language-Team',
    '"Report-Msgid-Bugs-To',
    '"Generated-By',
)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}


def collect() -> Catalog:
    """Return every message of the source, with the files it comes from."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    catalog = Catalog(project="Dayloom", charset="utf-8")
    for path, _line, message, comments, context in found:
        catalog.add(
            message, None, [(path.replace("\\", "/"), 0)], auto_comments=comments, context=context
        )
    return catalog


def read(tag: str) -> Catalog:
    """Return the catalogue of a language as it is written down."""
    with path_of(tag).open("rb") as source:
        return read_po(source, locale=tag)


def update(tag: str, collected: Catalog) -> Catalog:
    """Bring a catalogue up to date; what is new has no translation yet."""
    catalog = read(tag)
    catalog.update(collected, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    written = BytesIO()
    write_po(written, catalog, width=WIDTH, sort_by_file=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path_of(tag).write_text("".join(one for one in lines if not one.startswith(PASSING)))
    return catalog


def main() -> None:
    collected = collect()
    for tag in LANGUAGES:
        if tag != ENGLISH.tag:
            catalog = update(tag, collected)
            print(f"{tag}: {sum(1 for one in catalog if one.id and not one.string)} to translate")


if __name__ == "__main__":
    main()
