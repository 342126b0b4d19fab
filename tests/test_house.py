"""The house keeps its own rules: small functions, short modules and pages, words in one place, nothing left lying."""

import ast
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from sendviz.datasets import ROWS
from sendviz.vocabulary.dimensions import FILTERS

HOUSE = Path(__file__).parent.parent
PAGES = sorted(HOUSE.glob("pages/*.py"))
PACKAGE = sorted(HOUSE.glob("sendviz/**/*.py"))
SCREEN = [*PAGES, HOUSE / "app.py", *sorted(HOUSE.glob("sendviz/ui/**/*.py"))]
MODULES = [
    *PACKAGE, *PAGES, HOUSE / "app.py",
    *(path for room in ("tests", "benchmarks", "sample_data") for path in sorted(HOUSE.glob(f"{room}/**/*.py"))),
]  # fmt: skip
TYPE_IGNORES = 12  # each stands where a library's types are wrong; more than these is a habit


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def repository() -> list[Path]:
    """Every file of text that is kept, as git sees it."""
    git = shutil.which("git")
    assert git, "git is needed to list the house's files"
    listed = subprocess.run(
        [git, "ls-files", "-co", "--exclude-standard"], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    suffixes = {".py", ".md", ".toml", ".txt", ".ini", ".mako", ".yml", "", ".css", ".js"}
    return [path for line in listed.stdout.split("\n") if line and (path := HOUSE / line).suffix in suffixes]


def words_in(path: Path) -> set[str]:
    """The texts of a module that are not docstrings."""
    module = tree(path)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    constants = (node for node in ast.walk(module) if isinstance(node, ast.Constant) and id(node) not in docstrings)
    return {node.value for node in constants if isinstance(node.value, str)}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_for_and_is_short(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "it has no docstring"
    assert len(path.read_text().splitlines()) <= 250, "a module has one subject: give the second its own file"


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name != "versions"], ids=named)
def test_a_function_fits_a_screen(path: Path) -> None:
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f"{f.name}: {length} lines" for f in functions if (length := (f.end_lineno or 0) - f.lineno + 1) > 35]
    assert not long


@pytest.mark.parametrize("path", PACKAGE, ids=named)
def test_what_others_call_says_what_it_returns(path: Path) -> None:
    body = tree(path).body
    public = [n for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    assert not [node.name for node in public if not ast.get_docstring(node)]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_reads_like_a_table_of_contents(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 40
    assert not [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef) and n.end_lineno - n.lineno > 10]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_uses_the_screen_and_the_datasets_alone(path: Path) -> None:
    nodes = list(ast.walk(tree(path)))
    imported = {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    imported |= {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    allowed = re.compile(r"(sendviz|sendviz\.(ui|datasets|vocabulary)(\..*)?|streamlit|__future__)")
    assert not [module for module in imported if not allowed.fullmatch(module)]


@pytest.mark.parametrize("path", SCREEN, ids=named)
def test_a_label_is_written_in_its_dataset_alone(path: Path) -> None:
    columns = [column for row in ROWS.values() for column in row.fields.values()]
    labels = {column.title for column in columns if column.name in FILTERS or " " in column.title}
    assert not labels & words_in(path)


def test_no_column_is_described_twice() -> None:
    calls = [node for path in PACKAGE for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    headings = Counter(
        tuple(a.value for a in call.args if isinstance(a, ast.Constant))
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "column"
    )
    assert not [heading for heading, times in headings.items() if times > 1 and len(heading) > 1]


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(
        "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK", r"mark\.(skip|xfail)", r"pytest\.skip"))
    )
    assert not [named(path) for path in MODULES if marks.search(path.read_text())]


def test_types_are_seldom_overruled() -> None:
    assert sum(path.read_text().count("type: " + "ignore") for path in PACKAGE) <= TYPE_IGNORES


def test_no_secret_and_no_machine_is_named() -> None:
    secrets = re.compile(
        r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|gh[pousr]_[A-Za-z0-9]{30}|://[^/\s:@{}]+:[^@\s{}]{12,}@"
    )
    places = re.compile("/" + "work/|/" + r"home/\w|/" + r"root/|/" + "opt/(wheels|pypi)|/" + "tmp/")
    texts = {named(path): path.read_text(errors="replace") for path in repository() if path.exists()}
    assert not [name for name, text in texts.items() if secrets.search(text) or places.search(text)]


def test_the_readme_speaks_of_what_there_is() -> None:
    readme = (HOUSE / "README.md").read_text()
    targets = set(re.findall(r"^([a-z]+):", (HOUSE / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make (\w+)", readme)) <= targets
    files = re.findall(r"\]\(([^)#:]+)\)", readme) + re.findall(
        r"`((?:sendviz|tests|pages|benchmarks)/[\w/.]+)`", readme
    )
    assert {name for name in files if not (HOUSE / name).exists()} <= {"sendviz/datasets/mediation.py"}  # the example
    assert {"run", "test", "bench"} <= targets


def test_the_readme_names_every_setting_and_command() -> None:
    from sendviz.__main__ import app
    from sendviz.settings import Settings

    readme = (HOUSE / "README.md").read_text()
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert set(re.findall(r"python -m sendviz (\w+)", readme)) == commands
    assert set(re.findall(r"SENDVIZ_(\w+)", readme)) == {name.upper() for name in Settings.model_fields}


def test_versions_are_pinned() -> None:
    lines = [
        line
        for name in ("requirements.txt", "requirements-dev.txt", "requirements-audit.txt")
        for line in (HOUSE / name).read_text().split()
    ]
    pins = [line for line in lines if not line.startswith(("-r", "requirements"))]
    assert pins and all(re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+", pin) for pin in pins)
