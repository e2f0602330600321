"""A review: preparing it, giving an opinion, settling outcomes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done
from concertoit.together.decisions.enums import ReviewManner, ReviewState
from concertoit.together.decisions.forms.reviews import LinkForm, OpinionForm, OutcomeForm, ReviewForm
from concertoit.together.decisions.models import Review
from concertoit.together.decisions.queries.reviews import (
    action_of,
    current_version,
    expected_organisations,
    page_of,
    review_of,
    said_by,
)
from concertoit.together.decisions.services import review_links, reviews
from concertoit.together.decisions.views.workshops import history_of


def address(request: SpaceRequest, name: str, review_id: int, **kwargs: Any) -> str:
    """An address of a review of the démarche."""
    slug = request.viewer.space.slug
    return reverse(f"decisions:{name}", kwargs={"slug": slug, "review_id": review_id, **kwargs})


def may_settle(request: SpaceRequest, row: Review) -> bool:
    """Whether the reader settles outcomes of this review now."""
    try:
        reviews.must_settle(request.viewer, row)
    except DomainError:
        return False
    return True


def _gives(request: SpaceRequest, row: Review) -> bool:
    """Whether the reader's organisation gives its opinion now."""
    wanted = row.state == ReviewState.OPEN and row.manner == ReviewManner.PARTNERS
    return wanted and request.viewer.can("review.take_part") and bool(request.viewer.organisation_ids)


@in_space("review.view")
def review(request: SpaceRequest, review_id: int) -> HttpResponse:
    """Where the review stands: who answered, what is said, what is settled."""
    row = review_of(request.viewer, review_id)
    page = page_of(request.viewer, row)
    context = {
        "review": row, "page": page, "settles": may_settle(request, row), "gives": _gives(request, row),
        "history": history_of(request, "decisions.review", row.pk),
    }  # fmt: skip
    return render(request, "decisions/review.html", context)


@in_space("review.run")
def review_edit(request: SpaceRequest, review_id: int = 0) -> HttpResponse:
    """Prepare a review, or change it."""
    row = review_of(request.viewer, review_id) if review_id else None
    form = ReviewForm(posted(request), review=row)
    saved: list[Review] = []

    def save() -> None:
        if row is None:
            saved.append(reviews.prepare(viewer=request.viewer, **form.values()))
        else:
            saved.append(reviews.change(viewer=request.viewer, review_id=row.pk, **form.values()))

    if request.method == "POST" and attempt(form, save):
        done(request, _("La révision est prête.") if row is None else _("La révision est modifiée."))
        return redirect(request, address(request, "review", saved[0].pk))
    home = reverse("decisions:home", kwargs={"slug": request.viewer.space.slug})
    context = {
        "form": form, "review": row, "back": address(request, "review", row.pk) if row else home,
        "version": row.version if row else current_version(request.viewer.space),
    }  # fmt: skip
    return render(request, "decisions/review_form.html", context, status=422 if form.errors else 200)


@in_space("review.run")
@require_POST
def review_state(request: SpaceRequest, review_id: int) -> HttpResponse:
    """Open the review, or end it."""
    if request.POST.get("quoi") == "terminer":
        reviews.close_review(viewer=request.viewer, review_id=review_id)
        done(request, _("La révision est terminée. Fixez l’issue de chaque action, puis voyez la suite."))
    else:
        reviews.open_review(viewer=request.viewer, review_id=review_id)
        done(request, _("La révision est ouverte; les personnes concernées sont averties."))
    return redirect(request, address(request, "review", review_id))


@in_space("review.take_part")
def review_opinion(request: SpaceRequest, review_id: int) -> HttpResponse:
    """What my organisation says of each action; saved as often as one wants while the review is open."""
    row = review_of(request.viewer, review_id)
    mine = [one for one in expected_organisations(request.viewer.space) if one.pk in request.viewer.organisation_ids]
    if not mine:
        raise NotAllowed("")
    asked = request.GET.get("organisme", "")
    organisation = next((one for one in mine if str(one.pk) == asked), mine[0])

    def save(form: OpinionForm) -> None:
        reviews.give_opinion(
            viewer=request.viewer, review_id=row.pk, organisation_id=organisation.pk, said=form.said()
        )  # fmt: skip

    here = address(request, "review_opinion", row.pk)
    return _opinions(request, row, organisation, save, here=here, mine=mine, back=address(request, "review", row.pk))


@personal_link
def review_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same through an organisation's link, without an account."""
    voice = review_links.find(token)
    row = voice.review
    if row.state != ReviewState.OPEN:
        return render(request, "decisions/review_over.html", {"review": row}, status=410)

    def save(form: OpinionForm) -> None:
        review_links.answer(token=token, said=form.said())

    here = reverse("decisions:review_link", kwargs={"token": token})
    return _opinions(request, row, voice.organisation, save, here=here, mine=[], back="")


def _opinions(
    request: HttpRequest,
    row: Review,
    organisation: Organisation,
    save: Any,
    *,
    here: str,
    mine: list[Organisation],
    back: str,
) -> HttpResponse:
    actions = list(row.actions.order_by("position", "pk"))
    form = OpinionForm(posted(request), actions=actions, said=said_by(row, organisation.pk))
    if request.method == "POST" and attempt(form, lambda: save(form)):
        count = sum(bool(verdict) for verdict, _reason in form.said().values())
        text = ngettext("Avis enregistré pour %(n)s action.", "Avis enregistré pour %(n)s actions.", count)
        done(request, text % {"n": count})
        return redirect(request, back or here)
    axes: dict[str, list[Any]] = {}
    for action in actions:
        axes.setdefault(action.axis, []).append(action)
    context = {
        "review": row, "form": form, "axes": list(axes.items()), "organisation": organisation, "mine": mine, "here": here,
        "back": back, "total": len(actions),
    }  # fmt: skip
    template = "decisions/review_opinion.html" if back else "decisions/review_link.html"
    return render(request, template, context, status=422 if form.errors else 200)


@in_space("review.together")
def review_action(request: SpaceRequest, review_id: int, action_id: int) -> HttpResponse:
    """One action: what was said of it, and what becomes of it. Saving leads to the next one without outcome."""
    row = review_of(request.viewer, review_id)
    view = action_of(request.viewer, row, action_id)
    form = OutcomeForm(posted(request), action=view.action)
    may = may_settle(request, row)

    def save() -> None:
        reviews.settle(viewer=request.viewer, review_id=row.pk, action_id=view.action.pk, **form.values())

    if request.method == "POST" and attempt(form, save):
        following = row.actions.filter(outcome="", position__gt=view.action.position).order_by("position").first()
        done(request, _("L’issue est fixée."))
        if following is None:
            return redirect(request, address(request, "review", row.pk))
        return redirect(request, address(request, "review_action", row.pk, action_id=following.pk))
    rest = row.actions.filter(outcome="").exclude(pk=view.action.pk).count()
    context = {
        "review": row, "view": view, "form": form if may else None, "back": address(request, "review", row.pk),
        "rest": rest,
    }  # fmt: skip
    return render(request, "decisions/review_action.html", context, status=422 if form.errors else 200)


@in_space("review.together")
@require_POST
def review_keep(request: SpaceRequest, review_id: int) -> HttpResponse:
    """Keep what everybody keeps, or all that has no outcome yet."""
    act = reviews.keep_the_rest if request.POST.get("quoi") == "reste" else reviews.settle_unanimous
    count = act(viewer=request.viewer, review_id=review_id)
    text = ngettext("%(n)s action conservée.", "%(n)s actions conservées.", count)
    done(request, text % {"n": count})
    return redirect(request, address(request, "review", review_id))


@in_space("review.run")
def review_links_page(request: SpaceRequest, review_id: int) -> HttpResponse:
    """Send organisations their personal link, and see who answered."""
    row = review_of(request.viewer, review_id)
    organisations = expected_organisations(request.viewer.space)
    form = LinkForm(posted(request), organisations=organisations)

    def save() -> None:
        values = form.cleaned_data
        review_links.send_link(
            viewer=request.viewer, review_id=row.pk, organisation_id=values["organisation"], email=values["email"]
        )  # fmt: skip

    if request.method == "POST" and attempt(form, save):
        done(request, _("Le lien est parti."))
        return redirect(request, address(request, "review_links", row.pk))
    voices = {voice.organisation_id: voice for voice in row.voices.order_by("pk")}
    lines = [{"organisation": one, "voice": voices.get(one.pk)} for one in organisations]
    context = {"review": row, "form": form, "lines": lines, "back": address(request, "review", row.pk)}
    return render(request, "decisions/review_links.html", context, status=422 if form.errors else 200)
