"""Forms about people: whom to convene, one more guest, answers, presences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.ui.forms import give_choices, text_area
from concertoit.together.meetings.enums import Answer, Presence
from concertoit.together.meetings.forms.fields import MemberField, member, member_choices
from concertoit.together.meetings.models import Attendance
from concertoit.together.meetings.services.answering import NOTE_MAX, Said


class ConveneForm(forms.Form):
    """Who receives the invitation, and the words that go with it."""

    members = forms.TypedMultipleChoiceField(
        label=_("Personnes à inviter"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Mot aux personnes invitées"), required=False, widget=text_area(4), max_length=3000,
        help_text=_("Il accompagne l’invitation : documents à lire, stationnement, repas…"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Membership], emails: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "members", [(one.pk, _line(one, emails.get(one.pk, ""))) for one in people])


def _line(one: Membership, email: str) -> str:
    who = f"{one.person} · {one.organisation}" if one.organisation else str(one.person)
    return who if email else f"{who} ({_('sans courriel : à joindre autrement')})"


class InviteForm(forms.Form):
    """One more person: somebody of the démarche, or a guest."""

    membership = MemberField(label=_("Une personne de la démarche"))
    name = forms.CharField(label=_("Ou le nom de la personne"), max_length=200, required=False)
    email = forms.CharField(label=_("Son courriel"), max_length=254, required=False)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        self.space = space
        give_choices(self, "membership", member_choices(space))

    def chosen(self) -> Membership | None:
        return member(self.space, self.cleaned_data["membership"])


class AnswerForm(forms.Form):
    """« Serez-vous là? »"""

    answer = forms.ChoiceField(
        label=_("Serez-vous là?"),
        choices=[
            (Answer.YES.value, _("Oui, je serai là")),
            (Answer.TENTATIVE.value, _("Peut-être")),
            (Answer.NO.value, _("Non, je ne pourrai pas")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Un mot à la coordination"), required=False, max_length=NOTE_MAX)
    substitute_name = forms.CharField(label=_("Qui vient à votre place"), required=False, max_length=200)
    substitute_email = forms.CharField(
        label=_("Son courriel"), required=False, max_length=254, help_text=_("Cette personne recevra l’invitation.")
    )

    def __init__(self, *args: Any, row: Attendance, **options: Any) -> None:
        names = ("note", "substitute_name", "substitute_email")
        options["initial"] = {
            "answer": row.answer if row.answer != Answer.NONE else None,
            "note": row.answer_note,
            **{name: getattr(row, name) for name in names[1:]},
        }
        super().__init__(*args, **options)

    def said(self) -> Said:
        """What was answered; call it on a valid form."""
        data = self.cleaned_data
        return Said(Answer(data["answer"]), data["note"], data["substitute_name"], data["substitute_email"])


class PresencesForm(forms.Form):
    """Who is there: one choice for each person invited (``presence-<id>``), and somebody who came without invitation."""

    other = forms.CharField(label=_("Quelqu’un d’autre est là"), required=False, max_length=200)
    quorum = forms.BooleanField(label=_("Constater le quorum maintenant"), required=False, initial=True)
    quorum_note = forms.CharField(label=_("Précision sur le quorum"), required=False, max_length=300)

    def __init__(self, *args: Any, rows: Iterable[Attendance], has_quorum: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for row in rows:
            self.fields[f"presence-{row.pk}"] = forms.ChoiceField(
                label=row.name, choices=Presence.choices, initial=_presence(row), widget=forms.RadioSelect
            )
        if not has_quorum:
            del self.fields["quorum"], self.fields["quorum_note"]

    def presences(self) -> dict[int, str]:
        """What was noted, by invitation; call it on a valid form."""
        prefix = "presence-"
        return {
            int(name.removeprefix(prefix)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }


def _presence(row: Attendance) -> str:
    """What was noted; before that, what the answer lets expect."""
    if row.presence != Presence.UNKNOWN:
        return row.presence
    if row.substitute_name:
        return Presence.REPRESENTED
    return Presence.EXCUSED if row.answer == Answer.NO else Presence.UNKNOWN
