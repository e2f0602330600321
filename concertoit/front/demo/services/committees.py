"""Around the meetings of the example: a committee formed, newcomers welcomed, news between the chantier and D’Autray."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.text import slugify

from concertoit.front.demo.services.clock import at
from concertoit.front.demo.services.people import neighbours
from concertoit.ground.identity.enums import ContactKind
from concertoit.ground.identity.models import Organisation, Person, ProfessionalContact, User
from concertoit.ground.spaces.enums import CommitteeState
from concertoit.ground.spaces.models import Committee, Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.ground.spaces.services import (
    CommitteeFacts,
    MembershipFacts,
    add_membership,
    add_seat,
    move_committee,
    save_committee,
)
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import ItemKind, Rhythm
from concertoit.together.meetings.models import AgendaItem, Meeting, News, NewsReceived
from concertoit.together.meetings.queries.people import expected
from concertoit.together.meetings.services import agenda, inviting, news, welcome
from concertoit.together.meetings.services.meetings import close_meeting, open_meeting
from concertoit.together.meetings.services.series import SeriesFacts, put_in_calendar, save_series
from concertoit.together.plans.enums import AlignmentState
from concertoit.together.plans.models import Alignment

FORMED = "Comité des actions municipales"
MANDATE = (
    "Repérer ce que les municipalités peuvent faire tout de suite pour l’habitation, l’outiller, et en rendre compte à "
    "chaque plénière."
)
SEATS = ("Annie", "Sylvie", "Nicole", "Pierre", "Paul")
# (organisation, sort, days since they joined)
NEWCOMERS = (
    ("Coopérative d’habitation du Ruisseau", "housing_coop", 12),
    ("Maison d’hébergement La Traversée", "community", 70),
)
# Days after which the example has welcomed who joined.
WELCOMED_AFTER = 30
WORD = "Bienvenue autour de la table. Voici où nous en sommes; nous le parcourrons ensemble à notre rencontre."


def tell_committees(region: Space, users: dict[str, User]) -> None:
    """Form the committee that the plan announces, welcome who joined, and let news go both ways."""
    viewer = viewer_for(users["nadia"], region.slug)
    local = viewer_for(users["jeanne"], "dautray")
    # Who founded the local committee was there before its plan.
    founded = timezone.localdate() - timedelta(days=400)
    Membership.objects.filter(space=local.space, starts_on=None).update(starts_on=founded)
    _form(viewer)
    _welcome(viewer)
    _news(viewer, local)


def _morning(days: int) -> datetime:
    """Ten o’clock, so many days ago."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days), time(10)))


def _form(viewer: Viewer) -> None:
    committee = Committee.objects.get(space=viewer.space, name=FORMED)
    members = Membership.objects.filter(space=viewer.space, person__given_name__in=SEATS).order_by("position")
    with at(_morning(150)):
        save_committee(viewer=viewer, facts=CommitteeFacts(FORMED, "CAM", MANDATE), committee=committee)
        move_committee(viewer=viewer, committee=committee, state=CommitteeState.ACTIVE)
        for place, one in enumerate(members):
            function = "Animation" if place == 0 else ""
            add_seat(viewer=viewer, membership=one, place=committee, function=function, starts_on=timezone.localdate())
    since = _day(140)
    series = save_series(
        viewer=viewer,
        facts=SeriesFacts(
            name=FORMED, place_of=committee, starts_on=since, rhythm=Rhythm.MONTHS, interval=2, month_week=1, weekday=2,
            time=time(10, 0), length_minutes=90, place="Hôtel de ville, Terrebonne",
        ),
    )  # fmt: skip
    put_in_calendar(series, since)
    for meeting in series.meetings.filter(starts_at__lt=timezone.now()).order_by("starts_at"):
        _hold(viewer, meeting)


def _day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _hold(viewer: Viewer, meeting: Meeting) -> None:
    with at(meeting.starts_at - timedelta(days=10)):
        agenda.build(viewer=viewer, meeting_id=meeting.pk)
        whole = Meeting.objects.select_related("body", "committee").get(pk=meeting.pk)
        people = [one.pk for one in expected(whole)]
        inviting.convene(viewer=viewer, meeting_id=meeting.pk, members=people)
    with at(meeting.starts_at):
        open_meeting(viewer=viewer, meeting_id=meeting.pk)
    AgendaItem.objects.filter(meeting=meeting).update(state="done")
    with at(meeting.ends_at):
        close_meeting(viewer=viewer, meeting_id=meeting.pk)


def _welcome(viewer: Viewer) -> None:
    for (name, sort, days), (given, family) in zip(NEWCOMERS, neighbours(20)[14:16], strict=True):
        organisation = Organisation.objects.create(name=name, kind=sort)
        person = Person.objects.create(given_name=given, family_name=family)
        email = f"{slugify(given)}.{slugify(family)}@exemple.test"
        ProfessionalContact.objects.create(
            person=person, organisation=organisation, kind=ContactKind.EMAIL, value=email
        )
        facts = MembershipFacts(person=person, organisation=organisation, starts_on=_day(days))
        with at(_morning(days)):
            one = add_membership(viewer=viewer, facts=facts)
        if days > WELCOMED_AFTER:
            _welcomed(viewer, one, days, email)
        else:
            welcome.plan_welcome(
                viewer=viewer, membership_id=one.pk, on=timezone.localdate() + timedelta(days=6),
                place="Maison du développement social, Joliette",
            )  # fmt: skip
            welcome.make_pack(viewer=viewer, membership_id=one.pk, email=email, word=WORD)


def _welcomed(viewer: Viewer, one: Membership, days: int, email: str) -> None:
    day, sent, met = _day(days - 14), _morning(days - 4), _morning(days - 14)
    with at(sent):
        welcome.plan_welcome(viewer=viewer, membership_id=one.pk, on=day, place="En ligne")
        pack = welcome.make_pack(viewer=viewer, membership_id=one.pk, email=email, word=WORD)
        welcome.send_pack(viewer=viewer, pack_id=pack.pk)
    with at(met):
        welcome.note_welcomed(viewer=viewer, membership_id=one.pk)


def _news(region: Viewer, local: Viewer) -> None:
    # The element of the local plan that is linked to the regional one.
    touched = Alignment.objects.filter(space=local.space, state=AlignmentState.ACCEPTED).first()
    item_id = touched.item_id if touched else None
    with at(_morning(75)):
        old = news.publish(
            viewer=local, title="Le premier projet de D’Autray trouve son terrain",
            body="La municipalité réserve un terrain près de l’école. L’organisme dépose sa demande ce printemps.",
            item_id=item_id,
        )  # fmt: skip
    _told(region, old)
    with at(_morning(9)):
        news.publish(
            viewer=local, title="Une soirée de voisinage réunit quarante personnes",
            body="Beaucoup de questions sur la circulation, peu sur les logements. La trousse régionale a servi.",
            item_id=item_id,
        )  # fmt: skip
    with at(_morning(16)):
        news.publish(
            viewer=region, title="L’argumentaire pour les municipalités est prêt",
            body="Une page, des chiffres de la région et trois exemples. Servez-vous-en à vos prochaines rencontres.",
        )  # fmt: skip
    coming = Meeting.objects.filter(space=region.space, starts_at__gt=timezone.now(), built_at__isnull=False)
    for meeting in coming.filter(state__in=(workflow.PREPARED, workflow.CONVENED)).exclude(body=None):
        agenda.build(viewer=region, meeting_id=meeting.pk)


def _told(region: Viewer, one: News) -> None:
    """The first plenary after it heard it, under its standing item."""
    items = AgendaItem.objects.filter(space=region.space, kind=ItemKind.LOCAL_NEWS, meeting__state=workflow.CLOSED)
    item = items.filter(meeting__starts_at__gt=one.at).select_related("meeting").order_by("meeting__starts_at").first()
    if item is not None:
        rows = NewsReceived.objects.filter(news=one, space=region.space)
        rows.update(item=item, told_at=item.meeting.closed_at)
