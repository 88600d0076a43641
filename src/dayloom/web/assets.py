"""The built files of the browser: found by name, kept by browsers for ever, sent compressed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dayloom.infra.errors import Unavailable

DIST = Path(__file__).parent / "static" / "dist"
FOREVER = "public, max-age=31536000, immutable"
PACKED = {"br": ".br", "gzip": ".gz"}
TYPES = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """`manifest` gives, for each source, the name of its built file."""

    manifest: Mapping[str, str]
    files: "PackedFiles"


def load() -> Assets:
    """Return the built files. Raises `Unavailable` where the package was not built."""
    listing = DIST / "manifest.json"
    if not listing.exists():
        raise Unavailable(
            "The browser's files are missing. `uv sync --reinstall-package dayloom` builds them."
        )
    return Assets(manifest=json.loads(listing.read_text()), files=PackedFiles(directory=DIST))


class PackedFiles(StaticFiles):
    """Static files whose names carry their content; a packed twin is sent where it is read."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        encoding = self._encoding(path, scope)
        packed = path + PACKED.get(encoding, "")
        response = await super().get_response(packed, scope)
        response.headers["Cache-Control"] = FOREVER
        response.headers["Vary"] = "Accept-Encoding"
        if encoding:
            response.headers["Content-Encoding"] = encoding
            response.headers["Content-Type"] = TYPES[Path(path).suffix]
        return response

    def _encoding(self, path: str, scope: Scope) -> str:
        if Path(path).suffix not in TYPES:
            return ""
        accepted = next((v for k, v in scope["headers"] if k == b"accept-encoding"), b"").decode()
        there = (name for name, end in PACKED.items() if (DIST / f"{path}{end}").is_file())
        return next((name for name in there if name in accepted), "")
