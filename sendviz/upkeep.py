"""The commands of whoever runs the machine: who did what, the database's form, and what is kept how long."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sendviz.printed import AsJson, in_json, listed
from sendviz.settings import person, settings

if TYPE_CHECKING:
    from sendviz.store import Retired

BROKEN = 3  # the exit status that says that something outside failed
To = Annotated[str | None, typer.Option("--to", metavar="REVISION", help="Back to an earlier one.")]
Show = Annotated[bool, typer.Option("--show", help="Prints the revision alone, and does nothing.")]
Years = Annotated[int, typer.Option("--older-than", metavar="YEARS", min=1, max=100, help="Counted from the load.")]
Yes = Annotated[bool, typer.Option("--yes", help="Does it; without, it is only said what would be done.")]


def log(as_json: AsJson = False) -> None:
    """Lists who did what, newest first, and says whether the log is whole; status 3 when it is not."""
    from sendviz.start import open_store
    from sendviz.store import verdict

    found = open_store(settings()).log
    broken, seal, entries = found.broken_at(), found.seal(), found.entries()
    if as_json:
        typer.echo(in_json({"entries": [asdict(one) for one in entries], "newest_seal": seal, "broken_at": broken}))
    else:
        typer.echo(listed([one.in_words() for one in entries], as_json))
        typer.echo(verdict(broken, seal))
    if broken is not None:
        raise typer.Exit(BROKEN)


def migrate(to: To = None, show: Show = False, yes: Yes = False) -> None:
    """Brings the database to this program's form; or, with --to, back to an earlier program's."""
    from sendviz.store import Store, go_back, standing

    before = standing(settings())
    if show:
        typer.echo(before)
    elif to is None:
        Store.migrate(settings())
        after, came = standing(settings()), f", from {before}" if before else ", which is new"
        typer.echo(f"The database is at {after}{'' if after == before else came}.")
    else:
        for revision in go_back(settings(), to, really=yes):
            typer.echo(f"{revision.number} is taken back, with what only it keeps. It had brought: {revision.brings}")
        typer.echo(f"The database is at {to}." if yes else f"Nothing is done yet: it is at {before}. Add --yes.")


def retire(older_than: Years, yes: Yes = False) -> None:
    """Deletes the uploads that were loaded more than YEARS ago, and every figure that came of them alone."""
    from sendviz.store import Store

    store = Store.open(settings())
    before = _years_ago(dt.datetime.now(dt.UTC).date(), older_than)
    for line in _told(store.retire(before, person(), really=yes), before, yes):
        typer.echo(line)
    store.close()


def _years_ago(day: dt.date, years: int) -> dt.date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - years, day=last)


def _told(retired: "Retired", before: dt.date, done: bool) -> Iterator[str]:
    if not retired.uploads:
        yield f"Nothing was loaded before {before:%d/%m/%Y}."
        return
    for upload in retired.uploads:
        yield f"{upload.id}  {upload.dataset}  {upload.file}  loaded {upload.when:%d/%m/%Y}  {upload.rows:,} rows"
    for title, gone in retired.gone.items():
        yield f"{title}: {'no longer has' if done else 'would no longer have'} {gone[0]} to {gone[-1]} ({len(gone)})"
    count = f"{len(retired.uploads):,} uploads loaded before {before:%d/%m/%Y}"
    yield f"{count} are deleted." if done else f"Nothing is done yet. {count} would be deleted: add --yes."
