"""The command line. Exit status: 0 done, 1 the file has problems, 2 the command's words are wrong, 3 something outside
failed. What is slow to import is imported by the command that needs it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from sendviz.asked import WrongWords, known, pairs, selection
from sendviz.printed import AsJson, in_json, listed
from sendviz.settings import person
from sendviz.upkeep import log, migrate, retire

if TYPE_CHECKING:
    from sendviz.audit import Audited
    from sendviz.loading.report import Report
    from sendviz.screens import Screen
    from sendviz.store import Store

PROBLEMS, WRONG_WORDS, FAILED = 1, 2, 3
UPLOAD = ("id", "dataset", "file", "rows", "who", "when", "state")  # what a list of uploads shows in columns
ENDINGS = (typer.Exit, typer.Abort, typer.TyperException, BrokenPipeError)  # typer tells these itself


class Commands(TyperGroup):
    """The commands, with every failure told in one line and by its exit status: never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; ends with status 2 or 3 and one line when it fails."""
        try:
            return super().invoke(ctx)
        except ENDINGS:
            raise
        except Exception as error:  # the outermost place: what comes here is told
            typer.echo(_sentence(error), err=True)
            raise typer.Exit(_status(error)) from error


def _status(error: Exception) -> int:
    from sendviz.exports import BadExport
    from sendviz.selection import BadSelection
    from sendviz.store import NoSuchOrder, NoSuchRevision, NoSuchUpload

    wrong = WrongWords | BadExport | BadSelection | NoSuchUpload | NoSuchOrder | NoSuchRevision
    return WRONG_WORDS if isinstance(error, wrong) else FAILED


def _sentence(error: Exception) -> str:
    """What failed, in one line."""
    words = " ".join(str(error).split())
    if _status(error) == WRONG_WORDS:
        return words
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    from sendviz.settings import BadSetting
    from sendviz.store import StoreUnavailable

    told = isinstance(error, BadSetting | StoreUnavailable)
    return words if told else f"This should not have happened: {type(error).__name__}: {words}"


Taken = Annotated[list[Path], typer.Argument(exists=True, readable=False, help="Workbooks or CSVs; or one folder.")]
Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=False, help="Workbooks or CSVs.")]
AsDataset = Annotated[str | None, typer.Option("--as", help="What the file is, when its sheet's name does not say.")]
Output = Annotated[Path, typer.Option("-o", "--output", dir_okay=False, help="The file to write.")]
Number = Annotated[int, typer.Argument(metavar="ID", help="As `uploads` lists it.")]
Where = Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="A filter; again to mean either.")]
First = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM", help="The first month.")]
Order = Annotated[str | None, typer.Option(metavar="NAME", help="A running order, in place of exhibits.")]
Template = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Slides' look: .potx or .pptx.")]
Depth = Annotated[int, typer.Option(min=0, max=2, help="How many filters at once.")]
Most = Annotated[int | None, typer.Option(min=0, help="How many selections of two filters, by --seed; all without.")]
Last = Annotated[str | None, typer.Option("--to", metavar="YYYY-MM", help="The last month.")]

app = typer.Typer(
    cls=Commands, help="A SEND service's figures: load, check, export.", no_args_is_help=True, add_completion=False,
    rich_markup_mode=None, pretty_exceptions_enable=False,
)  # fmt: skip


for upkeep in (log, migrate, retire):
    app.command()(upkeep)


@app.command()
def load(files: Taken, dataset: AsDataset = None, as_json: AsJson = False) -> None:
    """Checks files, then stores and publishes them: all or none. Of a folder, those without a problem."""
    from sendviz import apart
    from sendviz.settings import settings

    if any(path.is_dir() for path in files):
        return _load_folder(files, dataset, as_json)
    _report(apart.load(files, settings(), person(), _dataset(dataset)), as_json)


@app.command()
def check(files: Files, dataset: AsDataset = None, as_json: AsJson = False) -> None:
    """Checks files and says what is wrong with them; stores nothing."""
    from sendviz import apart
    from sendviz.settings import settings

    _report(apart.check(files, settings(), _dataset(dataset)), as_json)


@app.command()
def exhibits(as_json: AsJson = False) -> None:
    """Lists what can be exported."""
    from sendviz.datasets import EXHIBITS

    found = [{"id": e.id, "title": e.title, "page": e.page, "dimensions": list(e.by)} for e in EXHIBITS.values()]
    typer.echo(listed(found, as_json))


@app.command()
def export(
    output: Output,
    exhibits: Annotated[list[str] | None, typer.Argument(metavar="EXHIBIT...", help="Ids, as `exhibits` has.")] = None,
    where: Where = None, first: First = None, last: Last = None, order: Order = None, template: Template = None,
) -> None:  # fmt: skip
    """Writes exhibits, or a running order, as Excel, CSV, PowerPoint or HTML, with small numbers withheld."""
    from sendviz.exports import kind
    from sendviz.store import Deed

    write = kind(output, template, order or "")
    if bool(order) == bool(exhibits) or (order and (where or first or last)):
        raise WrongWords("Name exhibits, with filters if any, or one running order with --order, which has its own.")
    screens = _ordered(order) if order else _asked_for(exhibits or (), pairs(where or [], first, last))
    _store().log.add(person(), Deed.DOWNLOADED, what=output.suffix.lower(), **_about(order, screens))
    write(screens, output)
    answers = [screen.answer for screen in screens if screen.answer]
    for given in answers:
        ignored = f" (not filtered by {', '.join(given.ignored)})" if given.ignored else ""
        typer.echo(f"{given.exhibit.id}: {given.headline}{ignored}")
    typer.echo(f"{output} written. {order or answers[0].selection.words()}")


@app.command()
def template(dataset: str, output: Output) -> None:
    """Writes a dataset's blank sheet, to fill in."""
    from sendviz.datasets import DATASETS
    from sendviz.loading.template import template as write

    row = DATASETS[known("dataset", dataset, DATASETS)]
    if output.suffix.lower() != ".xlsx":
        raise WrongWords(f"“{output.name}” must end in .xlsx: a template is an Excel workbook.")
    write(row, output)
    typer.echo(f"{output} written.")


@app.command()
def uploads(as_json: AsJson = False) -> None:
    """Lists what was loaded, when and by whom."""
    found = [asdict(upload) for upload in _store(with_sample=True).uploads()]
    found = found if as_json else [{name: entry[name] for name in UPLOAD} for entry in found]
    typer.echo(listed(found, as_json))


@app.command()
def audit(as_json: AsJson = False, depth: Depth = 2, most: Most = None, seed: int = 1) -> None:
    """Plays an attacker on all that is shown, and says what could be worked out. Status 1 where a promise is broken."""
    from sendviz.audit import audit
    from sendviz.settings import settings

    store = _store(with_sample=True)
    _report(audit(store, settings(), depth, most, seed, lambda words: typer.echo(words, err=True)), as_json)


@app.command()
def undo(upload: Number) -> None:
    """Takes one upload back; the figures before it return."""
    _store(with_sample=True).undo(upload, who=person())
    typer.echo(f"Upload {upload} is taken back.")


@app.command()
def redo(upload: Number) -> None:
    """Puts back an upload that was undone."""
    _store(with_sample=True).redo(upload, who=person())
    typer.echo(f"Upload {upload} counts again.")


def _about(order: str | None, screens: "Sequence[Screen]") -> dict[str, str]:
    """What an export is of, in the log's words."""
    from sendviz.store import about

    if order:
        return {"running order": order}
    return about((screen.slide.exhibit for screen in screens), screens[0].slide.selection)


def _asked_for(exhibits: Sequence[str], asked: Mapping[str, list[str]]) -> "Sequence[Screen]":
    from sendviz.datasets import EXHIBITS
    from sendviz.figures import answer
    from sendviz.screens import of_answers
    from sendviz.settings import settings

    chosen = [EXHIBITS[known("exhibit", name, EXHIBITS)] for name in dict.fromkeys(exhibits)]
    store = _store(with_sample=True)
    filters = selection(asked, store.options)
    return of_answers([answer(exhibit, filters, store, settings()) for exhibit in chosen])


def _ordered(name: str) -> "Sequence[Screen]":
    from sendviz.screens import screens
    from sendviz.settings import settings

    store = _store(with_sample=True)
    return screens(store.orders.named(name).order, store, settings())


def _load_folder(files: Sequence[Path], dataset: str | None, as_json: bool) -> None:
    from sendviz import folder
    from sendviz.settings import settings

    if len(files) > 1 or dataset:
        raise WrongWords("Give one folder by itself, without --as: its files say what they are.")
    _report(folder.load(files[0], settings(), person()), as_json)


def _store(with_sample: bool = False) -> "Store":
    from sendviz.settings import settings
    from sendviz.start import open_store
    from sendviz.store import Store

    return open_store(settings()) if with_sample else Store.open(settings())


def _dataset(name: str | None) -> str | None:
    from sendviz.datasets import DATASETS

    return name and known("dataset", name, DATASETS)


def _report(report: "Report | Audited", as_json: bool) -> None:
    typer.echo(in_json(report.as_json()) if as_json else "\n".join(report.lines()))
    if not report.ok:
        raise typer.Exit(PROBLEMS)


if __name__ == "__main__":
    app(prog_name="python -m sendviz")
