"""What of cases can be searched: their number and their building, by the field team only; no word of anybody."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.intake import Problem
from concertoit.field.cases.models import Case
from concertoit.field.cases.services.clocks import refresh
from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many

KIND = "cases.case"


def declare() -> None:
    """Say what can be found, and by whom. A partner finds its cases in its own list."""
    register(Searchable(KIND, gettext_lazy("dossier d’insalubrité"), "folder2-open", all_docs, verb="cases.work"))


def all_docs() -> Iterator[Doc]:
    """Every case, for ``concertoit reindex``."""
    rows = Case.objects.select_related("space", "building__municipality").order_by("pk")
    for case in rows.iterator(chunk_size=1000):
        yield doc_of(case)


def doc_of(case: Case) -> Doc:
    """A case as the search keeps it."""
    town = case.building.municipality
    problems = ", ".join(str(Problem(code).label) for code in case.problems if code in Problem)
    title = _("Dossier %(number)s, %(place)s") % {"number": case.reference, "place": case.building.line}
    url = reverse("cases:case", kwargs={"slug": case.space.slug, "reference": case.reference})
    return Doc(case.pk, title, url, f"{town} {problems}", case.space_id)


def opened(case: Case) -> None:
    """A case that opens is found at once, and its clocks start. Called in the transaction."""
    refresh(case)
    index_many(kind=KIND, docs=[doc_of(case)])
