"""How a browser is started here, when a page is ready, and where it is a certain hour."""

import os
import shutil
from datetime import datetime
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
READY = "html[data-ready='1'][data-busy='0'][data-live='1']"


def launch_options(*, drawn_well: bool = False) -> dict[str, Any]:
    """Return what to launch with; `drawn_well` blurs as a real screen does, and is slower."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    own = {"executable_path": found} if found else {}
    drawing = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    quiet = ["--no-first-run", "--disable-background-networking"]
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**own, "args": [*(drawing if drawn_well else ["--disable-gpu"]), *quiet, *root]}


def zone_where_it_is(hour: int, *, now: datetime) -> str:
    """Return a zone of whole hours whose clocks show this hour; `now` is in UTC."""
    east = (hour - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"  # POSIX: east is minus
