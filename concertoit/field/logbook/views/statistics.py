"""Figures of the logbook (S6): the page, how each is counted, files, published reports."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.logbook.exports.statistics import to_csv, to_xlsx
from concertoit.field.logbook.exports.statistics_word import to_docx
from concertoit.field.logbook.forms.statistics import AskForm, PublishForm
from concertoit.field.logbook.models import FiguresReport
from concertoit.field.logbook.queries import figures_asking as asking
from concertoit.field.logbook.queries.figures_asking import Freedom
from concertoit.field.logbook.queries.figures_document import Asked, Document, document_of, how_counted, period_label
from concertoit.field.logbook.rules import periods
from concertoit.field.logbook.services import reports as services
from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import CSV, EXCEL, WORD
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import addresses_in, attempt, posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render, render_page
from concertoit.ground.ui.toasts import done

_address = addresses_in("logbook")


@in_space("logbook.figures")
def statistics(request: SpaceRequest) -> HttpResponse:
    """The figures of a period; unmasked for those who write the logbook."""
    form, asked, document = _figures(request)
    freedom = asking.freedom_of(request.viewer)
    context = {
        "document": document,
        "form": form,
        "chips": _chips(asked, freedom),
        "freedom": freedom.value,
        "files": _files(_address(request, "statistics_file", extension="csv"), request),
    }
    return render_page(
        request, "logbook/statistics.html", context, fragments={"chiffres": "figures"},
        status=200 if form.is_valid() else 422,
    )  # fmt: skip


def _figures(request: SpaceRequest, title: str = "") -> tuple[AskForm, Asked, Document]:
    """What the address asks, what the viewer is shown of it, and the figures."""
    viewer, today = request.viewer, timezone.localdate()
    places = asking.territories(viewer.space.pk)
    workers = asking.groups(viewer.space.pk) if asking.freedom_of(viewer) is Freedom.TEAM else None
    form = AskForm(request.GET, places=places, groups=workers, today=today)
    wanted = form.asked() if form.is_valid() else Asked(periods.year(today.year - 1))
    asked = asking.allowed(viewer, wanted, today)
    document = document_of(
        viewer.space.pk, asked, title=title or _("Statistiques du journal de bord"),
        scope=asking.scope_of(asked.reach, places, workers), places=places.names(asked.reach),
    )  # fmt: skip
    return form, asked, document


def _chips(asked: Asked, freedom: Freedom) -> list[dict[str, Any]]:
    """Periods one asks for most: three years, the quarters of the one that is shown."""
    year = timezone.localdate().year
    wanted: list[tuple[str, periods.Period]] = [(str(number), periods.year(number)) for number in (year - 2, year - 1)]
    if freedom is not Freedom.READER:
        wanted.append((str(year), periods.year(year)))
        shown = asked.period[0].year
        wanted += [
            (_("T%(place)s %(year)s") % {"place": place, "year": shown}, periods.quarter(shown, place))
            for place in (1, 2, 3, 4)
        ]
    return [
        {"label": label, "start": start.isoformat(), "end": end.isoformat(), "current": (start, end) == asked.period}
        for label, (start, end) in wanted
    ]


def _files(address: str, request: SpaceRequest) -> list[dict[str, str]]:
    """The same figures as files, with the same question."""
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    base = address.removesuffix("csv")
    names = {"csv": "CSV", "xlsx": "Excel", "docx": "Word"}
    return [{"label": name, "href": f"{base}{extension}{asked}"} for extension, name in names.items()]


@in_space("logbook.figures")
def how(request: SpaceRequest) -> HttpResponse:
    """Each definition as a sentence: what is counted, over what, how it is rounded and masked."""
    return render(request, "logbook/statistics_how.html", {"definitions": how_counted()})


@in_space("logbook.figures")
def statistics_file(request: SpaceRequest, extension: str) -> HttpResponse:
    """What the page shows, as a file."""
    _form, _asked, document = _figures(request)
    return _file(
        request, document, extension, f"statistiques-{document['period']['start']}-{document['period']['end']}"
    )


def _file(request: SpaceRequest, document: Document, extension: str, name: str) -> HttpResponse:
    """Raises ``NotVisible`` for a kind of file that is not made."""
    if extension == "csv":
        content, kind = to_csv(document).encode(), CSV
    elif extension == "xlsx":
        content, kind = to_xlsx(document), EXCEL
    elif extension == "docx":
        content, kind = to_docx(document, of=str(request.viewer.space)), WORD
    else:
        raise NotVisible("")
    return attachment(content, kind, f"{name}.{extension}")


@in_space("logbook.publish")
def publish(request: SpaceRequest) -> HttpResponse:
    """Preview what would be published of the figures in view, and publish it."""
    viewer, today = request.viewer, timezone.localdate()
    places = asking.territories(viewer.space.pk)
    ask = AskForm(request.GET, places=places, groups=asking.groups(viewer.space.pk), today=today)
    asked = ask.asked() if ask.is_valid() else Asked(periods.year(today.year - 1))
    title = _("Soutien communautaire, %(period)s") % {"period": period_label(asked.period)}
    form = PublishForm(posted(request), initial={"title": title})
    made: list[FiguresReport] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(services.publish(viewer=viewer, asked=asked, **form.cleaned_data))
    ):
        done(request, _("Rapport publié."))
        return redirect(request, _address(request, "figures_report", number=made[0].number))
    context = {
        "form": form,
        "document": document_of(
            viewer.space.pk, services.as_published(asked), title="", places=places.names(asked.reach),
            scope=asking.scope_of(asked.reach, places, asking.groups(viewer.space.pk)),
        ),
        "near": asking.overlapping(viewer, asked.period),
        "back": _address(request, "statistics") + (f"?{request.GET.urlencode()}" if request.GET else ""),
    }  # fmt: skip
    return render(request, "logbook/statistics_publish.html", context, status=422 if form.errors else 200)


@in_space("logbook.figures")
def reports(request: SpaceRequest) -> HttpResponse:
    """Every report that was published."""
    return render(request, "logbook/statistics_reports.html", {"reports": list(asking.reports_of(request.viewer))})


@in_space("logbook.figures")
def report(request: SpaceRequest, number: int) -> HttpResponse:
    """A published report, as it was frozen."""
    row = asking.report_of(request.viewer, number)
    context = {
        "report": row,
        "document": json.loads(row.snapshot),
        "sound": services.digest(row.snapshot) == row.sha256,
        "files": _files(_address(request, "figures_report_file", number=number, extension="csv"), request),
        "history": history_url(request.user, services.OBJECT, row.pk),
    }
    return render(request, "logbook/statistics_report.html", context)


@in_space("logbook.figures")
def report_file(request: SpaceRequest, number: int, extension: str) -> HttpResponse:
    """A published report as a file; ``json`` is the frozen text itself, of which the hash is published."""
    row = asking.report_of(request.viewer, number)
    name = f"rapport-{number}"
    if extension == "json":
        return attachment(row.snapshot.encode(), "application/json", f"{name}.json")
    return _file(request, json.loads(row.snapshot), extension, name)
