"""Minutes: a version as it reads, written, corrected, sent, approved; its files; the page behind a personal link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.media import PDF, WORD
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings.enums import MinutesState
from concertoit.together.meetings.exports.minutes_docx import minutes_docx
from concertoit.together.meetings.exports.minutes_pdf import minutes_pdf
from concertoit.together.meetings.exports.minutes_words import parts_of, spoken
from concertoit.together.meetings.forms.room import ApproveForm, MinutesTextForm
from concertoit.together.meetings.models import Meeting, MinutesVersion
from concertoit.together.meetings.policies import may_hold, must_hold
from concertoit.together.meetings.queries.meetings import meeting_for
from concertoit.together.meetings.queries.minutes import MinutesPage, minutes_page, version_of_link
from concertoit.together.meetings.rules.minutes import differing
from concertoit.together.meetings.services import minutes as services
from concertoit.together.meetings.services.answering import find
from concertoit.together.meetings.views.meeting import address, written
from concertoit.together.meetings.views.overview import WORDS, local
from concertoit.together.plans.views.show_diff import marked_words

FILES = {"docx": (minutes_docx, WORD), "pdf": (minutes_pdf, PDF)}


def _url(request: SpaceRequest, name: str, version: MinutesVersion) -> str:
    return address(request, name, version.meeting_id, number=version.number)


@require_POST
@in_space("meetings.minutes")
def write(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Write a first version from the notes."""
    version = services.write(viewer=request.viewer, meeting_id=meeting_id)
    done(request, _("Le compte rendu est rédigé à partir des notes. Relisez-le avant de l’envoyer."))
    return redirect(request, _url(request, "minutes", version))


@in_space("meetings.minutes")
def minutes(request: SpaceRequest, meeting_id: int, number: int) -> HttpResponse:
    """One version as it reads, with what one may do with it."""
    meeting = meeting_for(request.viewer, meeting_id)
    page = minutes_page(request.viewer, meeting, number)
    return _page(request, page, None)


def _page(request: SpaceRequest, page: MinutesPage, form: ApproveForm | None, status: int = 200) -> HttpResponse:
    holds = may_hold(request.viewer, page.meeting)
    waits = page.version.state in (MinutesState.DRAFT, MinutesState.SENT) and page.last
    context = {
        "page": page, "version": page.version, "meeting": page.meeting, "said": spoken(page.content), "holds": holds,
        "approve_form": form or (_approve_form(page) if holds and waits and page.held else None), **WORDS,
    }  # fmt: skip
    return render(request, "meetings/minutes.html", context, status=status)


def _approve_form(page: MinutesPage, data: Any = None) -> ApproveForm:
    return ApproveForm(data, held=page.held, labels=_named)


def _named(meeting: Meeting) -> str:
    return f"{meeting.title}, {date_short(local(meeting).date())}"


@in_space("meetings.minutes")
def edit(request: SpaceRequest, meeting_id: int, number: int) -> HttpResponse:
    """Correct the texts of a draft."""
    meeting = meeting_for(request.viewer, meeting_id)
    must_hold(request.viewer, meeting)
    page = minutes_page(request.viewer, meeting, number)
    if page.version.state != MinutesState.DRAFT:
        raise DomainError(_("Cette version est figée : faites-en une nouvelle pour la corriger."))
    correction = page.before is not None
    form = MinutesTextForm(posted(request), said=spoken(page.content), note=page.version.note, correction=correction)

    def save() -> None:
        services.edit(
            viewer=request.viewer, meeting_id=meeting_id, number=number, texts=form.texts(),
            note=form.cleaned_data.get("note"), seen=request.POST.get("seen", ""),
        )  # fmt: skip

    if request.method == "POST" and attempt(form, save):
        done(request, _("Le compte rendu est enregistré."))
        return redirect(request, _url(request, "minutes", page.version))
    context = {"form": form, "version": page.version, "meeting": meeting, "said": form.said, **WORDS}
    return render(request, "meetings/minutes_edit.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("meetings.minutes")
def renew(request: SpaceRequest, meeting_id: int, number: int) -> HttpResponse:
    """Write a draft again from what was noted."""
    version = services.renew(viewer=request.viewer, meeting_id=meeting_id, number=number)
    done(request, _("Le compte rendu est refait à partir des notes et des présences."))
    return redirect(request, _url(request, "minutes", version))


@require_POST
@in_space("meetings.minutes")
def correct(request: SpaceRequest, meeting_id: int, number: int) -> HttpResponse:
    """Begin a corrected version."""
    version = services.correct(viewer=request.viewer, meeting_id=meeting_id, number=number)
    return redirect(request, _url(request, "minutes_edit", version))


@require_POST
@in_space("meetings.minutes")
def send(request: SpaceRequest, meeting_id: int, number: int) -> HttpResponse:
    """Send to the absent, or to all."""
    to = services.EVERYBODY if request.POST.get("a") == services.EVERYBODY else services.ABSENT
    version, sent = services.send(viewer=request.viewer, meeting_id=meeting_id, number=number, to=to)
    nobody = _("Le compte rendu peut être lu par la table; personne n’avait à le recevoir par courriel.")
    done(request, written(_("Le compte rendu est envoyé."), sent) if sent else nobody)
    return redirect(request, _url(request, "minutes", version))


@require_POST
@in_space("meetings.minutes")
def approve(request: SpaceRequest, meeting_id: int, number: int) -> HttpResponse:
    """Note the approval at a later meeting."""
    meeting = meeting_for(request.viewer, meeting_id)
    must_hold(request.viewer, meeting)
    page = minutes_page(request.viewer, meeting, number)
    form = _approve_form(page, request.POST)

    def act() -> None:
        there = form.cleaned_data["meeting"]
        services.approve(viewer=request.viewer, meeting_id=meeting_id, number=number, approved_in_id=there)

    if not attempt(form, act):
        return _page(request, page, form, status=422)
    done(request, _("Le compte rendu est approuvé."))
    return redirect(request, _url(request, "minutes", page.version))


@in_space("meetings.minutes")
def compare(request: SpaceRequest, meeting_id: int, number: int) -> HttpResponse:
    """What a version changes to the one before it."""
    page = minutes_page(request.viewer, meeting_for(request.viewer, meeting_id), number)
    if page.before is None:
        raise NotVisible("")
    before = minutes_page(request.viewer, page.meeting, page.before.number)
    old, new = parts_of(before.content), parts_of(page.content)
    texts = ({key: text for key, (_heading, text) in parts.items()} for parts in (old, new))
    rows = [((new.get(key) or old[key])[0], marked_words(was, now)) for key, was, now in differing(*texts)]
    context = {"page": page, "version": page.version, "meeting": page.meeting, "rows": rows, **WORDS}
    return render(request, "meetings/minutes_compare.html", context)


@in_space("meetings.minutes")
def file(request: SpaceRequest, meeting_id: int, number: int, extension: str) -> HttpResponse:
    """A version in Word or PDF."""
    page = minutes_page(request.viewer, meeting_for(request.viewer, meeting_id), number)
    return _file(page.version, page.content, extension)


def _file(version: MinutesVersion, content: dict[str, Any], extension: str) -> HttpResponse:
    if extension not in FILES:
        raise NotVisible("")
    make, kind = FILES[extension]
    day = local(version.meeting).date().isoformat()
    name = f"compte-rendu-{slugify(version.meeting.title)[:60]}-{day}-v{version.number}.{extension}"
    return attachment(make(version, content), kind, name)


@personal_link
def minutes_link(request: HttpRequest, token: str, number: int, extension: str = "") -> HttpResponse:
    """The minutes behind a personal link, without an account."""
    row = find(token)
    version, content = version_of_link(row, number)
    if extension:
        return _file(version, content, extension)
    pdf = reverse("meetings:minutes_link_file", kwargs={"token": token, "number": number, "extension": "pdf"})
    context = {"row": row, "version": version, "meeting": row.meeting, "said": spoken(content), "pdf": pdf, **WORDS}
    return render(request, "meetings/minutes_link.html", context)
