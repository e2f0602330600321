"""Letters of a case: proposed from what was ticked, corrected, produced once, downloaded in two languages (I5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.support import LetterKind
from concertoit.field.cases.exports.letters import MEDIA, file_name, letter_file
from concertoit.field.cases.forms.support import LetterForm, VoidForm
from concertoit.field.cases.policies import may_see_identity
from concertoit.field.cases.queries import support as queries
from concertoit.field.cases.rules import letter_words, letters
from concertoit.field.cases.services import letters as services
from concertoit.field.cases.views.pages import address, form_page
from concertoit.field.cases.views.support_pages import home
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@in_space("cases.view")
def letter_new(request: SpaceRequest, reference: str, kind: str) -> HttpResponse:
    """A letter from what was ticked: read it on screen, correct it, see it again, then produce it."""
    viewer = request.viewer
    case = queries.case_of(viewer, reference)
    if kind not in LetterKind.values:
        raise NotVisible("")
    first = services.owner_letter(case) if kind == LetterKind.OWNER else None
    proposed = LetterForm.proposed(queries.letter_facts(case, kind, timezone.localdate()))
    form = LetterForm(posted(request), initial=proposed)
    kept = []

    def produce() -> None:
        kept.append(
            services.produce(
                viewer=viewer, case=case, kind=kind, dated=form.cleaned_data["dated"], words=form.words()
            )
        )  # fmt: skip

    if request.POST.get("quoi") == "produire" and attempt(form, produce):
        done(request, _("La lettre est produite et gardée au dossier. Elle n’a été envoyée à personne."))
        return redirect(request, address(request, "letter", reference=reference, letter_id=kept[0].pk))
    words = form.words() if request.method == "POST" and form.is_valid() else _proposed_words(proposed)
    context = {
        "case": case, "form": form, "kind": LetterKind(kind), "first": first, "sheets": _sheets(words, form, proposed),
        "place": letters.HOUSEHOLD,
    }  # fmt: skip
    return render(request, "cases/support_letter_new.html", context, status=422 if form.errors else 200)


def _proposed_words(values: dict[str, str]) -> dict[str, letters.Words]:
    return {
        language: letters.Words(*(values[f"{name}_{language}"] for name in ("to", "subject", "body")))
        for language in letters.LANGUAGES
    }


def _sheets(words: dict[str, letters.Words], form: LetterForm, proposed: dict[str, Any]) -> list[dict[str, object]]:
    """Each language as it will be printed, for the eye."""
    day = form.cleaned_data["dated"] if form.is_bound and form.is_valid() else proposed["dated"]
    return [_sheet(language, words[language], day) for language in letters.LANGUAGES]


def _sheet(language: str, words: letters.Words, day: date) -> dict[str, object]:
    texts = {name: letters.named(getattr(words, name), "", language) for name in ("to", "subject", "body")}
    return {
        "language": language, "day": letter_words.spoken(day, language), **texts,
        "blocks": letters.paragraphs(texts["body"]),
    }  # fmt: skip


@in_space("cases.view")
def letter(request: SpaceRequest, reference: str, letter_id: int) -> HttpResponse:
    """A letter as it was produced, with its digest, and its files."""
    viewer = request.viewer
    case = queries.case_of(viewer, reference)
    row = queries.letter_of(case, letter_id)
    sheets = [_sheet(one, letters.Words(**row.content[one]), row.dated) for one in letters.LANGUAGES]
    context = {
        "case": case, "row": row, "sheets": sheets, "intact": services.is_intact(row),
        "names": case.household_id is not None and may_see_identity(viewer, case),
    }  # fmt: skip
    return render(request, "cases/support_letter.html", context)


@in_space("cases.view")
def letter_file_out(
    request: SpaceRequest, reference: str, letter_id: int, language: str, extension: str
) -> HttpResponse:  # fmt: skip
    """The file of a letter: with a line to fill or, asked by POST, with the name, and the look is logged."""
    case = queries.case_of(request.viewer, reference)
    row = queries.letter_of(case, letter_id)
    if language not in letters.LANGUAGES or extension not in MEDIA:
        raise NotVisible("")
    name = services.name_for(viewer=request.viewer, letter=row) if request.method == "POST" else ""
    body = letter_file(row.content, language, extension, name=name, made_at=row.produced_at)
    return attachment(body, MEDIA[extension], file_name(row.content, language, extension))


@in_space("cases.view")
def letter_void(request: SpaceRequest, reference: str, letter_id: int) -> HttpResponse:
    """Mark a letter as returned, unsent or wrong, so that another may take its place."""
    case = queries.case_of(request.viewer, reference)
    row = queries.letter_of(case, letter_id)
    form = VoidForm(posted(request))
    return form_page(
        request, form, lambda: services.void(viewer=request.viewer, letter=row, **form.cleaned_data),
        title=_("Annuler cette lettre"), back=address(request, "letter", reference=reference, letter_id=row.pk),
        then=home(request, reference, "lettres"), submit=_("Annuler la lettre"),
        lead=_("Elle reste au dossier, telle qu’elle a été produite. Une autre peut prendre sa place."),
    )  # fmt: skip
