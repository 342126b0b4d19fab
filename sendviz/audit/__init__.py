"""The audit: plays an attacker who sees all that is shown, and says what could be worked out of what is withheld.

It knows nothing of how the small-number rule is carried out: it reads answers, as an export shows them, and reasons.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from sendviz.answer import Answer
from sendviz.audit.attack import Reach
from sendviz.audit.families import Ask, Family, chosen, combinations
from sendviz.audit.findings import Findings
from sendviz.audit.kinds import of_people
from sendviz.audit.report import Audited
from sendviz.audit.seen import Rule
from sendviz.audit.shapes import Shape
from sendviz.datasets import EXHIBITS
from sendviz.figures import answered
from sendviz.selection import Selection, filters_of
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit

__all__ = ["Audited", "Findings", "Reach", "Rule", "attacked", "audit", "families"]

SMALL = 5  # where no other threshold is in force
Said = Callable[[str], object]


def audit(
    store: Store, settings: Settings, depth: int = 2, most: int | None = None, seed: int = 1,
    say: Said = lambda words: None, exhibits: Sequence[Exhibit] = tuple(EXHIBITS.values()),
) -> Audited:  # fmt: skip
    """What could be worked out from all that is shown for every selection of up to `depth` filters of one value each.

    Of selections of several filters `most` are looked at, chosen by the seed; all, where it is None. `say` is told how
    far it has come.
    """
    with store.reading() as data:

        def ask(exhibit: Exhibit, selection: Selection) -> Answer:
            return answered(exhibit, selection, data, settings)

        found = families(exhibits, ask, store.options, depth)
        findings = attacked(
            found, ask, Rule.of(settings), Findings(max(settings.withhold_below, SMALL)), most, seed, say
        )
    return Audited(findings, settings, depth)


def families(
    exhibits: Sequence[Exhibit], ask: Ask, options: Callable[[str], tuple[str, ...]], depth: int
) -> list[Family]:
    """Every set of so many filters, for each dataset that counts people, with the shapes of its exhibits."""
    found = []
    for _, several in groupby(sorted(of_people(exhibits), key=lambda e: e.row.__name__), key=lambda e: e.row):
        ours = list(several)
        values = {name: options(name) for name in filters_of(ours)}
        shapes = Shape.of_all([ask(exhibit, Selection()) for exhibit in ours])
        found += [Family(names, values, shapes) for names in combinations(values, depth)]
    return found


def attacked(
    found: Sequence[Family], ask: Ask, rule: Rule, findings: Findings, most: int | None, seed: int, say: Said
) -> Findings:
    """The findings of an attack on each family, who are forgotten one by one: there is no room for all of them."""
    findings.exhibits = len({name for family in found for name in family.shapes})
    for n, (family, left_out) in enumerate(zip(found, chosen(found, most, seed), strict=True), 1):
        say(f"{n} of {len(found)}: {family.dataset}, by {' and '.join(family.filters) or 'no filter'}")
        findings.take(family.look(ask, rule, left_out))
        family.forget()
    return findings
