"""Acts on a case: following, describing, states, pauses, steps, closing, reopening."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.work import CLOCK_LABELS
from concertoit.field.cases.forms.acting import CloseForm, DescribeForm, FollowForm, MilestoneForm, PauseForm
from concertoit.field.cases.forms.fields import ReasonForm
from concertoit.field.cases.models import Case
from concertoit.field.cases.policies import get_case, is_lead
from concertoit.field.cases.services import clocks, closing, following
from concertoit.field.cases.views.pages import case_address, form_page
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect
from concertoit.ground.ui.toasts import done

_MOVES = {
    CaseState.ACTIVE: gettext_lazy("Remettre en cours"),
    CaseState.MADE_SAFE: gettext_lazy("Noter la mise en sécurité"),
    CaseState.RESOLVED: gettext_lazy("Noter que c’est réglé"),
}


@in_space("cases.work")
def follow(request: SpaceRequest, reference: str) -> HttpResponse:
    """Give the case to somebody; a member of the team takes it for themselves."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    back = case_address(request, reference)
    if not is_lead(viewer):
        return _take(request, case, back)
    form = FollowForm(posted(request), viewer=viewer, initial={"follower": case.follower_id})
    return form_page(
        request, form,
        lambda: following.follow(viewer=viewer, case=case, membership=form.cleaned_data["follower"]),
        title=_("Suivi du dossier %(number)s") % {"number": reference}, back=back,
        lead=_("La personne reçoit un avis. Elle voit qui habite là et répond du dossier."),
    )  # fmt: skip


def _take(request: SpaceRequest, case: Case, back: str) -> HttpResponse:
    """A member has one choice: take the case, or leave it."""
    viewer = request.viewer
    if request.method == "POST":
        mine = Membership.objects.filter(pk__in=viewer.membership_ids, space=viewer.space, role="worker").first()
        leaving = case.follower_id in viewer.membership_ids
        following.follow(viewer=viewer, case=case, membership=None if leaving else mine)
        done(request, _("Vous ne suivez plus ce dossier.") if leaving else _("Vous suivez ce dossier."))
    return redirect(request, back)


@in_space("cases.work")
def describe(request: SpaceRequest, reference: str) -> HttpResponse:
    """Correct what is said of the case."""
    case = get_case(request.viewer, reference)
    form = DescribeForm(posted(request), initial={"summary": case.summary, "urgency": case.urgency})
    return form_page(
        request, form, lambda: following.describe(viewer=request.viewer, case=case, **form.cleaned_data),
        title=_("Modifier le dossier %(number)s") % {"number": reference}, back=case_address(request, reference),
        lead=_("Une urgence change les délais : un premier geste est attendu dans la journée."),
    )  # fmt: skip


@in_space("cases.work")
def move(request: SpaceRequest, reference: str, state: str) -> HttpResponse:
    """In progress, made safe, or resolved: with a reason where the table asks for one."""
    if state not in _MOVES:
        raise NotVisible("")
    case = get_case(request.viewer, reference)
    form = ReasonForm(posted(request))
    form.fields["words"].required = state != CaseState.MADE_SAFE
    form.fields["words"].label = _("Ce qui a été fait, ou pourquoi")
    return form_page(
        request, form,
        lambda: closing.move_case(viewer=request.viewer, case=case, to=state, words=form.cleaned_data["words"]),
        title=_MOVES[CaseState(state)], back=case_address(request, reference), submit=_MOVES[CaseState(state)],
        lead=_("Mettre en sécurité écarte le danger; ce n’est pas régler le problème."),
    )  # fmt: skip


@in_space("cases.lead")
def close(request: SpaceRequest, reference: str) -> HttpResponse:
    """Close a case with its outcome."""
    case = get_case(request.viewer, reference)
    form = CloseForm(posted(request))
    return form_page(
        request, form, lambda: closing.close(viewer=request.viewer, case=case, closing=form.closing()),
        title=_("Fermer le dossier %(number)s") % {"number": reference}, back=case_address(request, reference),
        submit=_("Fermer le dossier"), said=_("Le dossier est fermé."),
        lead=_("Ce qui était prévu et pas commencé est annulé. Le ménage peut refuser la fermeture."),
    )  # fmt: skip


@in_space("cases.lead")
def reopen(request: SpaceRequest, reference: str) -> HttpResponse:
    """Open a closed case again."""
    case = get_case(request.viewer, reference)
    form = ReasonForm(posted(request))
    return form_page(
        request, form,
        lambda: closing.reopen(viewer=request.viewer, case=case, words=form.cleaned_data["words"]),
        title=_("Rouvrir le dossier %(number)s") % {"number": reference}, back=case_address(request, reference),
        submit=_("Rouvrir"), lead=_("Les délais repartent d’aujourd’hui."),
    )  # fmt: skip


@in_space("cases.work")
def refuse_closure(request: SpaceRequest, reference: str) -> HttpResponse:
    """Note by phone that the household says it is not settled."""
    case = get_case(request.viewer, reference)
    form = ReasonForm(posted(request))
    form.fields["words"].label = _("Ce que le ménage dit")
    return form_page(
        request, form,
        lambda: closing.refuse_closure(case=case, words=form.cleaned_data["words"], actor=request.viewer.user),
        title=_("Le ménage dit que ce n’est pas réglé"), back=case_address(request, reference),
        submit=_("Remettre en cours"), lead=_("Le dossier redevient « En cours » et l’équipe est avertie."),
    )  # fmt: skip


@in_space("cases.lead")
def pause(request: SpaceRequest, reference: str) -> HttpResponse:
    """Stop the clocks for a reason, or let them run again."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    back = case_address(request, reference)
    if request.method == "POST" and request.POST.get("quoi") == "reprendre":
        clocks.resume(viewer=viewer, case=case)
        done(request, _("Les délais courent de nouveau."))
        return redirect(request, back)
    form = PauseForm(posted(request), initial={"since": timezone.localdate()})
    return form_page(
        request, form, lambda: clocks.pause(viewer=viewer, case=case, **form.cleaned_data),
        title=_("Mettre les délais en pause"), back=back, submit=_("Mettre en pause"),
        lead=_("Le premier geste d’une urgence n’attend jamais. La raison se lit dans le dossier."),
    )  # fmt: skip


@in_space("cases.work")
def milestone(request: SpaceRequest, reference: str, code: str) -> HttpResponse:
    """Say that a step with a delay was done."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    if code not in CLOCK_LABELS or code in ("assignment", "order"):
        raise NotVisible("")
    form = MilestoneForm(posted(request), initial={"at": timezone.localtime()})
    if not is_lead(viewer):
        del form.fields["not_needed"]

    def save() -> None:
        values = form.cleaned_data
        needed = not values.get("not_needed")
        clocks.mark(viewer=viewer, case=case, code=code, at=values["at"] if needed else None, needed=needed)

    return form_page(
        request, form, save, title=CLOCK_LABELS[code], back=case_address(request, reference),
        lead=_("Le jour où cela a été fait, pas celui où vous l’écrivez."),
    )  # fmt: skip
