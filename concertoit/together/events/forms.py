"""Forms of events."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.ground.ui.forms import day as day_field
from concertoit.ground.ui.forms import give_rows, text_area
from concertoit.ground.ui.forms import hour as hour_field
from concertoit.together.events.enums import EventKind, NeedState
from concertoit.together.events.models import Event, Need, Programme, Registration, Session
from concertoit.together.events.services.registering import Guest


class ProgrammeForm(forms.Form):
    """A season of events."""

    title = forms.CharField(label=_("Titre"), max_length=160)
    intro = forms.CharField(label=_("Présentation"), required=False, max_length=3000, widget=text_area(3))
    starts_on = day_field(_("Début"), required=False)
    ends_on = day_field(_("Fin"), required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        start, end = values.get("starts_on"), values.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("La fin doit suivre le début."))
        return values


class EventForm(forms.Form):
    """What an event is, for whom, and which needs it answers."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Type"), choices=EventKind.choices, initial=EventKind.TRAINING, widget=forms.RadioSelect
    )
    description = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=5000,
        widget=text_area(5),
        help_text=_("Ce qu’on y apprend ou y fait, ce qu’il faut apporter."),
    )
    audience = forms.CharField(label=_("Pour qui"), required=False, max_length=200)
    leader = forms.CharField(label=_("Animation"), required=False, max_length=200)
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programmation"), required=False, empty_label=_("Aucune")
    )
    needs = forms.ModelMultipleChoiceField(
        Need.objects.none(),
        label=_("Besoins auxquels l’activité répond"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    open_to_all = forms.BooleanField(label=_("Ouverte à toute personne qui a l’adresse, sans compte"), required=False)
    gives_certificate = forms.BooleanField(label=_("Donne une attestation de présence"), required=False)

    def __init__(self, *args: Any, programmes: QuerySet[Programme], needs: QuerySet[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "programme", programmes)
        give_rows(self, "needs", needs)
        if not needs:
            del self.fields["needs"]

    def words(self) -> dict[str, Any]:
        """What the service takes; call it on a valid form."""
        values = dict(self.cleaned_data)
        values["needs"] = list(values.get("needs") or [])
        return values


def event_initial(event: Event) -> dict[str, Any]:
    """What the form shows of an event."""
    names = ("title", "kind", "description", "audience", "leader", "open_to_all", "gives_certificate")
    values: dict[str, Any] = {name: getattr(event, name) for name in names}
    values["programme"] = event.programme_id
    values["needs"] = [one.pk for one in event.needs.filter(state=NeedState.PLANNED).order_by("pk")]
    return values


class SessionForm(forms.Form):
    """When, where, for how many."""

    day = day_field(_("Jour"))
    hour = hour_field(_("Heure"), input_formats=["%H:%M"])
    minutes = forms.IntegerField(label=_("Durée (minutes)"), min_value=1, max_value=1440, initial=120)
    place = forms.CharField(label=_("Lieu"), required=False, max_length=200)
    video_link = forms.URLField(label=_("Lien vidéo"), required=False, assume_scheme="https")
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=100000, help_text=_("Vide : sans limite.")
    )
    closes_on = day_field(_("Dernier jour pour s’inscrire"), required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("closes_on") and values.get("day") and values["closes_on"] > values["day"]:
            self.add_error("closes_on", _("On s’inscrit au plus tard le jour de la séance."))
        return values

    def words(self) -> dict[str, Any]:
        """What the service takes; call it on a valid form."""
        values = dict(self.cleaned_data)
        moment = datetime.combine(values.pop("day"), values.pop("hour"))
        return {"starts_at": timezone.make_aware(moment), **values}


def session_initial(session: Session) -> dict[str, Any]:
    """What the form shows of a session."""
    at = timezone.localtime(session.starts_at)
    names = ("minutes", "place", "video_link", "capacity", "closes_on")
    return {"day": at.date(), "hour": at.time(), **{name: getattr(session, name) for name in names}}


class CancelForm(forms.Form):
    """Why a session is not held."""

    reason = forms.CharField(label=_("Motif"), max_length=300, help_text=_("Les personnes inscrites le liront."))


class GuestForm(forms.Form):
    """Who comes."""

    name = forms.CharField(label=_("Nom"), max_length=160)
    email = forms.EmailField(label=_("Courriel"), help_text=_("Pour la confirmation et les rappels."))
    organisation = forms.CharField(label=_("Organisme"), required=False, max_length=200)
    needs = forms.CharField(
        label=_("De quoi avez-vous besoin pour participer?"),
        required=False,
        max_length=300,
        help_text=_("Accès, traduction, halte-garderie : seule la coordination le lit."),
    )

    def guest(self) -> Guest:
        """The person; call it on a valid form."""
        return Guest(**self.cleaned_data)


class PhoneGuestForm(GuestForm):
    """Somebody the coordination registers, perhaps by telephone and without an address."""

    email = forms.EmailField(label=_("Courriel"), required=False)


class CheckInForm(forms.Form):
    """The code of the room and the address one registered with."""

    code = forms.CharField(label=_("Code affiché dans la salle"), max_length=8)
    email = forms.EmailField(label=_("Votre courriel"), help_text=_("Celui de votre inscription."))


class NeedForm(forms.Form):
    """Something people need."""

    title = forms.CharField(label=_("De quoi avez-vous besoin?"), max_length=200)
    detail = forms.CharField(label=_("Précision"), required=False, max_length=2000, widget=text_area(2))
    said_by = forms.CharField(label=_("Exprimé par"), required=False, max_length=200)


class FollowForm(forms.Form):
    """What is done of a need."""

    state = forms.ChoiceField(label=_("Suite"), choices=NeedState.choices, widget=forms.RadioSelect)
    event = forms.ModelChoiceField(Event.objects.none(), label=_("Activité"), required=False)
    note = forms.CharField(label=_("Motif ou précision"), required=False, max_length=300)

    def __init__(self, *args: Any, events: QuerySet[Event], **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "event", events)


class SynthesisForm(forms.Form):
    """What is learned from an event."""

    synthesis = forms.CharField(
        label=_("Synthèse"),
        max_length=20000,
        widget=text_area(10),
        help_text=_("Ce qu’on retient, ce qui en sortira. Tout le monde dans la démarche la lit."),
    )


def presence_from(posted: Any, rows: list[Registration]) -> dict[int, bool | None]:
    """The presence ticked for each registration (``presence-<id>``: oui, non, or nothing)."""
    meaning = {"oui": True, "non": False}
    return {row.pk: meaning.get(posted.get(f"presence-{row.pk}", "")) for row in rows}
