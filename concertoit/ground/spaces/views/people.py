"""People of a démarche and their participations."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.core.media import CSV
from concertoit.ground.identity.models import Person, PersonalData
from concertoit.ground.identity.queries import similar_people
from concertoit.ground.identity.rules import mask
from concertoit.ground.spaces import exports, filters, queries, services
from concertoit.ground.spaces.forms import MembershipForm, PersonalDataForm, PersonForm
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render, render_page
from concertoit.ground.ui.toasts import done

PERSONAL = ("email", "phone", "address", "needs")


def _url(request: SpaceRequest, name: str, **kwargs: Any) -> str:
    return reverse(f"spaces:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})


@in_space("people.view")
def people(request: SpaceRequest) -> HttpResponse:
    """Who takes part, for whom, as what; with filters in the address."""
    chosen = filters.from_address(request.GET)
    rows = queries.participations(request.viewer, chosen)
    context = {
        "rows": rows,
        "chosen": chosen,
        "choices": filters.choices(request.viewer),
        "taken": queries.steps_taken(request.viewer, [row.pk for row in rows]),
        "accounts": queries.with_account(rows),
        "tab": "people",
    }
    return render_page(request, "spaces/people.html", context, fragments={"liste": "results"})


@in_space("people.view")
def person(request: SpaceRequest, person_id: int) -> HttpResponse:
    """A person: how to reach them at work, their participations; personal data masked."""
    return _person(request, queries.person_of(request.viewer, person_id), revealed=None)


@require_POST
@in_space("people.personal")
def personal_data(request: SpaceRequest, person_id: int) -> HttpResponse:
    """Show the personal data of a person: who looked is written in the journal."""
    row = queries.person_of(request.viewer, person_id)
    return _person(request, row, revealed=services.see_personal_data(viewer=request.viewer, person=row))


def _person(request: SpaceRequest, row: Person, revealed: PersonalData | None) -> HttpResponse:
    members = Membership.objects.filter(space=request.viewer.space, person=row).select_related("organisation")
    rows = list(members.prefetch_related("seats__body", "seats__committee").order_by("position", "pk"))
    personal = PersonalData.objects.filter(person=row).first() if request.viewer.can("people.personal") else None
    context = {
        "person": row,
        "members": rows,
        "taken": queries.steps_taken(request.viewer, [one.pk for one in rows]),
        "personal": personal,
        "masked": {name: mask(getattr(personal, name)) for name in PERSONAL} if personal else {},
        "revealed": revealed,
        "others": _others(request, row),
        "merged": Person.objects.filter(merged_into=row).order_by("pk"),
        "has_account": bool(queries.with_account(rows)),
        "history": history_url(request.user, "identity.person", row.pk),
    }
    return render(request, "spaces/person.html", context)


def _others(request: SpaceRequest, row: Person) -> list[tuple[int, str]]:
    """Who may be merged into this one, for who may merge."""
    if not request.viewer.can("people.manage"):
        return []
    return [(one.pk, one.full_name) for one in queries.people_of(request.viewer).exclude(pk=row.pk)]


@in_space("people.manage")
def person_edit(request: SpaceRequest, person_id: int) -> HttpResponse:
    """Change a person and their professional contacts."""
    row = queries.person_of(request.viewer, person_id)
    form = PersonForm(posted(request), person=row)
    if request.method == "POST" and attempt(
        form, lambda: services.change_person(viewer=request.viewer, person=row, facts=form.facts())
    ):
        done(request, _("Fiche enregistrée."))
        return redirect(request, _url(request, "person", person_id=row.pk))
    return _form(request, form, row.full_name, _url(request, "person", person_id=row.pk))


@in_space("people.personal")
def personal_data_edit(request: SpaceRequest, person_id: int) -> HttpResponse:
    """Write the personal data of a person. Nothing of what is kept is shown here: empty the form to erase."""
    row = queries.person_of(request.viewer, person_id)
    form = PersonalDataForm(posted(request))
    if request.method == "POST" and attempt(
        form, lambda: services.write_personal_data(viewer=request.viewer, person=row, **form.cleaned_data)
    ):
        done(request, _("Renseignements personnels enregistrés."))
        return redirect(request, _url(request, "person", person_id=row.pk))
    title = _("Renseignements personnels : %(name)s") % {"name": row.full_name}
    lead = _("Ce que vous écrivez remplace ce qui est gardé; un formulaire vide efface tout.")
    return _form(request, form, title, _url(request, "person", person_id=row.pk), lead=lead)


@in_space("people.manage")
def membership_edit(request: SpaceRequest, membership_id: int | None = None) -> HttpResponse:
    """Add a participation, or change one."""
    row = _membership(request, membership_id) if membership_id else None
    form = MembershipForm(posted(request), viewer=request.viewer, initial=_initial(row, request))

    def act() -> None:
        new = form.new_person()
        who = services.add_person(viewer=request.viewer, facts=new) if new else form.cleaned_data["person"]
        facts = form.facts(who)
        if row:
            services.change_membership(viewer=request.viewer, membership=row, facts=facts)
        else:
            services.add_membership(viewer=request.viewer, facts=facts)

    if request.method == "POST" and attempt(form, act):
        done(request, _("Participation enregistrée."))
        return redirect(request, _url(request, "people"))
    title = str(row) if row else _("Ajouter une participation")
    return _form(request, form, title, _url(request, "people"))


def _initial(row: Membership | None, request: SpaceRequest) -> dict[str, Any]:
    if row is None:
        return {"organisation": request.GET.get("organisme"), "person": request.GET.get("personne")}
    names = ("capacity", "capacity_note", "role", "starts_on", "ends_on")
    values = {name: getattr(row, name) for name in names}
    return {**values, "person": row.person_id, "organisation": row.organisation_id}


def _membership(request: SpaceRequest, membership_id: int) -> Membership:
    return get_object_or_404(Membership, pk=membership_id, space=request.viewer.space)


@require_POST
@in_space("people.manage")
def membership_end(request: SpaceRequest, membership_id: int) -> HttpResponse:
    """End a participation: the person no longer opens the démarche."""
    row = _membership(request, membership_id)
    services.end_membership(viewer=request.viewer, membership=row)
    done(request, _("Participation terminée."))
    return redirect(request, _url(request, "people"))


@in_space("people.manage")
def person_duplicates(request: SpaceRequest) -> HttpResponse:
    """Pairs that look like one person."""
    rows = list(queries.people_of(request.viewer).prefetch_related("contacts"))
    context = {"pairs": similar_people(rows), "tab": "person_duplicates"}
    return render(request, "spaces/duplicates.html", context)


@require_POST
@in_space("people.manage")
def person_merge(request: SpaceRequest, person_id: int) -> HttpResponse:
    """Merge another person of the démarche into this one."""
    kept = queries.person_of(request.viewer, person_id)
    merged = queries.person_of(request.viewer, read_id(request.POST.get("merged")) or 0)
    services.merge_into(viewer=request.viewer, kept=kept, merged=merged)
    done(request, _("Fiches fusionnées."), undo=_url(request, "person_unmerge", person_id=merged.pk))
    return redirect(request, _url(request, "person", person_id=kept.pk))


@require_POST
@in_space("people.manage")
def person_unmerge(request: SpaceRequest, person_id: int) -> HttpResponse:
    """Undo a merge."""
    merged = get_object_or_404(Person, pk=person_id, merged_into__isnull=False)
    services.unmerge(viewer=request.viewer, merged=merged)
    done(request, _("Fusion annulée : les deux fiches sont de nouveau séparées."))
    return redirect(request, _url(request, "people"))


@require_POST
@in_space("people.manage")
def participants_file(request: SpaceRequest) -> HttpResponse:
    """The participants as a file; that it was taken out is written in the journal."""
    services.note_export(viewer=request.viewer)
    content = exports.participants_csv(request.viewer)
    name = f"participants-{request.viewer.space.slug}.csv"
    return attachment(content, CSV, name)


def _form(request: SpaceRequest, form: Any, title: str, back: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "submit": _("Enregistrer"), "lead": lead}
    return render(request, "spaces/form.html", context, status=422 if form.errors else 200)
