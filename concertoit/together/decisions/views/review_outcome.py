"""What follows a review: seen before it is applied, applied at once, taken back; and the review as a file."""

import csv
import io

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.media import CSV
from concertoit.ground.core.spreadsheets import safe_text
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.together.decisions.enums import ReviewState
from concertoit.together.decisions.queries.reviews import outcome_of, page_of, review_of
from concertoit.together.decisions.services import review_outcome
from concertoit.together.decisions.views.reviews import address


@in_space("review.run")
def review_apply(request: SpaceRequest, review_id: int) -> HttpResponse:
    """Preview what the draft would become; apply it."""
    row = review_of(request.viewer, review_id)
    if request.method == "POST":
        review_outcome.apply(viewer=request.viewer, review_id=row.pk)
        undo = address(request, "review_undo", row.pk)
        done(request, _("L’ébauche suit maintenant la révision."), undo=undo)
        return redirect(request, address(request, "review_apply", row.pk))
    slug = request.viewer.space.slug
    compare = ""
    if row.state == ReviewState.APPLIED and row.draft is not None:
        compare = reverse("plans:compare", kwargs={"slug": slug}) + f"?de={row.version.number}&a={row.draft.number}"
    context = {
        "review": row, "outcome": outcome_of(row), "back": address(request, "review", row.pk), "compare": compare,
        "undoable": review_outcome.is_untouched(row),
    }  # fmt: skip
    return render(request, "decisions/review_apply.html", context)


@in_space("review.run")
@require_POST
def review_undo(request: SpaceRequest, review_id: int) -> HttpResponse:
    """Give the draft what it said before."""
    review_outcome.undo(viewer=request.viewer, review_id=review_id)
    done(request, _("L’application est annulée; l’ébauche est comme avant."))
    return redirect(request, address(request, "review_apply", review_id))


@in_space("review.view")
def review_file(request: SpaceRequest, review_id: int) -> HttpResponse:
    """The review as CSV: each action, its tallies for those who may read them, its outcome."""
    row = review_of(request.viewer, review_id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [_("Axe"), _("Numéro"), _("Action"), _("Conserver"), _("Corriger"), _("Cesser"), _("Issue"), _("Raison"),
         _("Titre corrigé")]
    )  # fmt: skip
    page = page_of(request.viewer, row)
    for view in page.actions:
        one, counts = view.action, view.tally
        tallies = [counts.keep, counts.fix, counts.stop] if page.shows_tallies else ["", "", ""]
        outcome = str(one.get_outcome_display()) if one.outcome else ""
        words = [one.axis, one.code, one.title, *map(str, tallies), outcome, one.reason, one.new_title]
        writer.writerow([safe_text(word) for word in words])
    name = f"{request.viewer.space.slug}-revision-{row.pk}.csv"
    return attachment(b"\xef\xbb\xbf" + out.getvalue().encode(), CSV, name)
