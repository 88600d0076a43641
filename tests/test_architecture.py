"""The shape of the code, held by counting: sizes of files, functions and templates, and names."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "dayloom"
MODULES = sorted(SOURCE.rglob("*.py"))
CODE = [path for path in MODULES if "migrations/versions" not in path.as_posix()]
TEMPLATES = sorted((SOURCE / "web" / "templates").rglob("*.html"))
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 50, 150
TYPICAL_FUNCTION, TYPICAL_TEMPLATE = 6, 20
MOST_ARGUMENTS = 4
GIVEN_SIGNATURES = {"connect_tcp"}  # methods whose parameters a library prescribes
BANNED_NAMES = {"utils", "helpers", "common", "manager", "handler", "base", "misc"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a body without its docstring."""
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    if not body:
        return 0
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_no_function_is_too_long_to_see(path: Path) -> None:
    long = {node.name: body_lines(node) for node in functions(path)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_the_usual_function_is_small() -> None:
    lengths = [body_lines(node) for path in CODE for node in functions(path)]
    assert median(lengths) <= TYPICAL_FUNCTION


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_positional_parameters_are_few(path: Path) -> None:
    many = {
        node.name: len(node.args.args)
        for node in functions(path)
        if len([a for a in node.args.args if a.arg not in ("self", "cls")]) > MOST_ARGUMENTS
        and node.name not in GIVEN_SIGNATURES
    }
    assert many == {}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_name_says_what_is_inside(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    assert path.parent.name not in BANNED_NAMES


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name == "__init__.py"], ids=relative
)
def test_a_package_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_templates_are_small() -> None:
    lengths = [len(path.read_text().splitlines()) for path in TEMPLATES]
    assert max(lengths) <= LONGEST_TEMPLATE
    assert median(lengths) <= TYPICAL_TEMPLATE


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_hold_no_scripts_and_trust_no_text(path: Path) -> None:
    text = path.read_text()
    assert "|safe" not in text.replace(" ", "")
    assert "onclick=" not in text
    assert "hx-on" not in text


def test_only_the_edge_commits() -> None:
    inside = [path for path in CODE if path.parent.name not in ("infra", "migrations")]
    assert [relative(path) for path in inside if ".commit(" in path.read_text()] == []


def test_only_the_clock_reads_the_time() -> None:
    readers = [relative(p) for p in CODE if "datetime.now(" in p.read_text()]
    assert readers == ["src/dayloom/infra/clock.py"]
