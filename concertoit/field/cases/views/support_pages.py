"""Accompaniment of a household: its page, notes, the tenant's path, who sent them and where they are referred (I5)."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases.enums.support import NoteKind
from concertoit.field.cases.forms.support import CorrectionForm, NoteForm, ReceivedForm, StepForm
from concertoit.field.cases.policies import is_team
from concertoit.field.cases.queries import support as queries
from concertoit.field.cases.rules import rights
from concertoit.field.cases.services import support as services
from concertoit.field.cases.views.pages import address, form_page
from concertoit.field.logbook.forms.referrals import ReferralForm
from concertoit.field.logbook.services.referrals import refer
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.files.queries import attachments_of
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

PROOF = "cases.pathstep"


def home(request: SpaceRequest, reference: str, anchor: str = "") -> str:
    """Address of the accompaniment of a case."""
    return address(request, "support", reference=reference) + (f"#{anchor}" if anchor else "")


@in_space("cases.view")
def support(request: SpaceRequest, reference: str) -> HttpResponse:
    """The household beside the building: what waits, the path, notes, rights, letters, referrals."""
    viewer = request.viewer
    case = queries.case_of(viewer, reference)
    track = queries.track_of(case)
    context = {
        "case": case, "track": track, "today": timezone.localdate(), "language": get_language() or "fr",
        "files": attachments_of(PROOF, [step.pk for step in track.steps]), "waits": queries.waits_of(track.steps),
        "answer_back": {row.pk: queries.answer_back_by(row) for row in track.received},
        "owner_letter": track.owner_letter(case.reopened_count),
        "refers": viewer.can("referrals.write") and is_team(viewer),
        "other_cards": [card for card in rights.CARDS if card not in track.cards],
    }  # fmt: skip
    return render(request, "cases/support.html", context)


@in_space("cases.view")
def note_new(request: SpaceRequest, reference: str) -> HttpResponse:
    """Sign a note."""
    case = queries.case_of(request.viewer, reference)
    form = NoteForm(posted(request))
    return form_page(
        request, form, lambda: services.write_note(viewer=request.viewer, case=case, **form.cleaned_data),
        title=_("Ajouter une note"), back=home(request, reference, "notes"), submit=_("Signer la note"),
        lead=_("Une note signée ne se modifie pas : on la corrige par une autre. L’inspection ne la voit jamais."),
        said=_("La note est signée."),
    )  # fmt: skip


@in_space("cases.view")
def note_correct(request: SpaceRequest, reference: str, note_id: int) -> HttpResponse:
    """Correct a note with another, which names it."""
    case = queries.case_of(request.viewer, reference)
    note = queries.note_of(case, note_id)
    form = CorrectionForm(posted(request), initial={"body": note.body})
    return form_page(
        request, form,
        lambda: services.write_note(
            viewer=request.viewer, case=case, kind=NoteKind.CORRECTION, on=timezone.localdate(),
            body=form.cleaned_data["body"], corrects=note,
        ),
        title=_("Corriger une note"), back=home(request, reference, "notes"), submit=_("Signer la correction"),
        lead=_("La première note reste visible, marquée comme corrigée."),
    )  # fmt: skip


@in_space("cases.view")
@require_POST
def card_explained(request: SpaceRequest, reference: str) -> HttpResponse:
    """Note that a right or a duty was explained to the household today."""
    case = queries.case_of(request.viewer, reference)
    code = request.POST.get("fiche", "")
    if code not in rights.BY_CODE:
        raise NotVisible("")
    services.write_note(
        viewer=request.viewer, case=case, kind=NoteKind.RIGHTS, on=timezone.localdate(), card=code,
        body=rights.BY_CODE[code].title.fr,
    )  # fmt: skip
    done(request, _("C’est noté."))
    return redirect(request, home(request, reference, "droits"))


@in_space("cases.view")
def step_edit(request: SpaceRequest, reference: str, step_id: int | None = None) -> HttpResponse:
    """Plan a step of the path, say that it was done, or what came of it."""
    case = queries.case_of(request.viewer, reference)
    step = queries.step_of(case, step_id) if step_id else None
    initial = {"kind": request.GET.get("etape", "")}
    if step is not None:
        initial = {name: getattr(step, name) for name in StepForm.base_fields}
    form = StepForm(posted(request), initial=initial)
    return form_page(
        request, form,
        lambda: services.save_step(viewer=request.viewer, case=case, facts=form.facts(), step=step),
        title=step.get_kind_display() if step else _("Ajouter une étape"), back=home(request, reference, "parcours"),
        lead=_("D’abord ce qui est prévu, puis la date où c’est fait, puis ce qui en est sorti. Rien n’est obligatoire."),
    )  # fmt: skip


@in_space("cases.view")
def received_new(request: SpaceRequest, reference: str) -> HttpResponse:
    """Write who sent the household to us."""
    case = queries.case_of(request.viewer, reference)
    form = ReceivedForm(posted(request), viewer=request.viewer)
    return form_page(
        request, form, lambda: services.receive(viewer=request.viewer, case=case, **form.cleaned_data),
        title=_("Le ménage vient de la part de…"), back=home(request, reference, "references"),
        lead=_("Pour donner des nouvelles à qui a dirigé le ménage : on suit, rien de plus."),
    )  # fmt: skip


@in_space("cases.view")
@require_POST
def received_answer(request: SpaceRequest, reference: str, row_id: int) -> HttpResponse:
    """Say that who sent the household heard back."""
    case = queries.case_of(request.viewer, reference)
    services.answer_back(viewer=request.viewer, row=queries.received_of(case, row_id))
    done(request, _("C’est noté."))
    return redirect(request, home(request, reference, "references"))


@in_space("referrals.write")
def refer_new(request: SpaceRequest, reference: str) -> HttpResponse:
    """Refer the household to a resource; the loop is the one of the logbook."""
    viewer = request.viewer
    case = queries.case_of(viewer, reference)
    form = ReferralForm(posted(request), viewer=viewer, today=timezone.localdate())

    def save() -> None:
        facts = replace(form.facts(), origin=(queries.ORIGIN, str(case.pk)), origin_label=case.reference)
        refer(viewer=viewer, facts=facts)

    return form_page(
        request, form, save, title=_("Diriger le ménage vers une ressource"), back=home(request, reference, "references"),
        lead=_("Avec l’accord de la personne. La référence porte le numéro du dossier, jamais un nom."),
    )  # fmt: skip
