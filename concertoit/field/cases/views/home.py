"""The home of the field team (what waits), and the figures of the démarche."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.work import CLOCK_LABELS
from concertoit.field.cases.forms.acting import PeriodForm
from concertoit.field.cases.policies import is_lead, is_team
from concertoit.field.cases.queries.figures import tables
from concertoit.field.cases.queries.home import home_of
from concertoit.field.cases.views.sections import tabs_of
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render

TITLES = {
    "state": gettext_lazy("Où en sont les dossiers connus dans la période"),
    "channel": gettext_lazy("Comment ils sont arrivés"),
    "outcome": gettext_lazy("Issue des dossiers fermés dans la période"),
    "living": gettext_lazy("Ce qui a changé pour les ménages"),
}


@in_space("cases.view")
def home(request: SpaceRequest) -> HttpResponse:
    """What waits: for the team, cases without anybody; for a partner, cases to answer."""
    viewer = request.viewer
    context = {
        "home": home_of(viewer), "team": is_team(viewer), "lead": is_lead(viewer), "now": timezone.now(),
        "clock_labels": CLOCK_LABELS,
        "tabs": tabs_of(viewer, "home"),
    }  # fmt: skip
    return render(request, "cases/home.html", context)


@in_space("cases.figures")
def figures(request: SpaceRequest) -> HttpResponse:
    """Figures of a period; this year unless said otherwise. Small counts are masked."""
    today = timezone.localdate()
    form = PeriodForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    since: date = chosen.get("since") or date(today.year, 1, 1)
    until: date = chosen.get("until") or today
    if until < since:
        since, until = until, since
    found = [
        {"table": table, "title": TITLES.get(table.code) or _("Délai : %(what)s")
         % {"what": CLOCK_LABELS[table.code.removeprefix("clock.")]}}
        for table in tables(request.viewer.space, since, until)
    ]  # fmt: skip
    form = PeriodForm(initial={"since": since, "until": until})
    context = {
        "tables": found,
        "form": form,
        "since": since,
        "until": until,
        "tabs": tabs_of(request.viewer, "figures"),
    }
    return render(request, "cases/case_figures.html", context)
