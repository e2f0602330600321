"""From the e-mail to the démarche; and what a link that no longer serves says."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Person, User
from concertoit.ground.identity.services import OrganisationFacts
from concertoit.ground.spaces import services
from concertoit.ground.spaces.models import Invitation, Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.services import InvitationFacts, MembershipFacts
from tests.personas import PASSWORD, Table

EMAIL = "nouvelle@exemple.test"
FORM = {
    "given_name": "Nicole", "family_name": "Nouvelle", "language": "fr-ca",
    "password1": "une phrase de passe", "password2": "une phrase de passe",
}  # fmt: skip


@pytest.fixture
def viewer(table: Table) -> Viewer:
    return table.viewer("coordinator")


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The personal links sent, in order."""
    sent: list[str] = []

    def keep(**message: str) -> None:
        sent.append(message["url"].removeprefix("http://testserver"))

    monkeypatch.setattr("concertoit.ground.spaces.notifications.send_mail_message", keep)
    return sent


def test_only_a_digest_is_stored_for_twenty_one_days(table: Table, viewer: Viewer):
    services.invite(
        viewer=viewer, facts=InvitationFacts(email=EMAIL, message="Au plaisir.", role="coco", organisation=table.y)
    )
    invitation = Invitation.objects.get()
    assert invitation.email == EMAIL
    assert len(invitation.token_digest) == 64
    assert timedelta(days=20) < invitation.expires_at - timezone.now() < timedelta(days=22)


def test_what_the_message_says(table: Table, viewer: Viewer, monkeypatch: pytest.MonkeyPatch):
    sent: list[dict] = []
    monkeypatch.setattr("concertoit.ground.spaces.notifications.send_mail_message", lambda **m: sent.append(m))
    services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL.upper(), message="Au plaisir."))
    message = sent[0]
    assert message["to"] == EMAIL
    assert message["subject"] == "Invitation\u00a0: Chantier d’essai"
    assert "Alice Modèle vous invite" in message["body"]
    assert "Au plaisir." in message["body"]
    assert message["reply_to"] == "coordinator@exemple.test"
    assert Invitation.objects.get().token_digest not in message["url"]


def test_a_new_person_opens_an_account_and_comes_in(table: Table, viewer: Viewer, links: list[str]):
    facts = InvitationFacts(email=EMAIL, role="contributor", organisation=table.y, capacity="organisation")
    services.invite(viewer=viewer, facts=facts)
    client = Client()
    page = client.get(links[0]).content.decode()
    assert "Chantier d’essai" in page
    assert EMAIL in page
    answer = client.post(links[0], FORM, follow=True)
    assert answer.redirect_chain[-1][0] == "/demarches/chantier-essai/"
    user = User.objects.get(email=EMAIL)
    membership = Membership.objects.get(person=user.person)
    assert (membership.role, membership.organisation) == ("contributor", table.y)
    assert "a déjà servi" in Client().get(links[0]).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password2": "autre chose"}, "sont différents"),
        ({"password1": "court", "password2": "court"}, "trop court"),
        ({"given_name": ""}, "obligatoire"),
    ],
)
def test_a_form_refused_keeps_what_was_typed(table, viewer, links, change: dict, words: str):
    services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL))
    answer = Client().post(links[0], {**FORM, **change})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert 'value="Nouvelle"' in html
    assert not User.objects.filter(email=EMAIL).exists()


def test_an_account_that_exists_logs_in_first(table: Table, viewer: Viewer, links: list[str]):
    services.invite(viewer=viewer, facts=InvitationFacts(email="stranger@exemple.test", role="observer"))
    client = Client()
    assert "Un compte existe déjà" in client.get(links[0]).content.decode()
    to_login = client.post(links[0])
    assert "/compte/connexion/" in to_login.headers["Location"]
    inside = client.post(
        to_login.headers["Location"],
        {"login": "stranger@exemple.test", "password": PASSWORD, "next": links[0]},
        follow=True,
    )
    assert "Prendre part à la démarche" in inside.content.decode()
    assert client.post(links[0], follow=True).status_code == 200
    assert table.viewer("stranger").roles == {"observer"}


def test_another_address_is_said_before_joining(table: Table, viewer: Viewer, links: list[str]):
    services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL))
    page = table.client("stranger").get(links[0]).content.decode()
    assert f"envoyée à {EMAIL}" in page


def test_joining_twice_makes_one_participation(table: Table, viewer: Viewer, links: list[str]):
    services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL, role="partner", organisation=table.x))
    table.client("partner").post(links[0])
    assert Membership.objects.filter(person=table.person("partner")).count() == 1
    assert Invitation.objects.get().membership == table.membership("partner")


def test_a_person_of_the_list_gets_their_own_account(table: Table, viewer: Viewer, links: list[str]):
    person = Person.objects.create(given_name="Paul", family_name="Liste")
    membership = services.add_membership(viewer=viewer, facts=MembershipFacts(person=person, organisation=table.y))
    services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL, membership=membership))
    page = Client().get(links[0]).content.decode()
    assert 'value="Paul"' in page
    Client().post(links[0], FORM)
    person.refresh_from_db()
    assert person.user.email == EMAIL
    assert person.full_name == "Paul Liste"
    assert Membership.objects.filter(space=table.space, person=person).count() == 1


def test_an_invitation_gives_no_way_into_another_demarche(table: Table, viewer: Viewer):
    person = Person.objects.create(given_name="Paul")
    Membership.objects.create(space=table.other, person=person, role="coordination")
    membership = Membership.objects.create(space=table.space, person=person)
    with pytest.raises(DomainError, match="autre démarche"):
        services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL, membership=membership))


def test_who_joins_another_demarche_meanwhile_is_not_taken_over(table: Table, viewer: Viewer, links: list[str]):
    person = Person.objects.create(given_name="Paul")
    membership = services.add_membership(viewer=viewer, facts=MembershipFacts(person=person))
    services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL, membership=membership))
    Membership.objects.create(space=table.other, person=person, role="coordination")
    Client().post(links[0], FORM)
    user = User.objects.get(email=EMAIL)
    assert user.person != person
    assert not Membership.objects.filter(space=table.other, person=user.person).exists()


def test_useless_invitations_are_refused(table: Table, viewer: Viewer, links: list[str]):
    services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL))
    with pytest.raises(DomainError, match="attend déjà") as caught:
        services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL.upper()))
    assert caught.value.field == "email"
    with pytest.raises(DomainError, match="déjà un compte"):
        services.invite(viewer=viewer, facts=InvitationFacts(email="partner@exemple.test"))


def test_sending_again_kills_the_first_link(table: Table, viewer: Viewer, links: list[str]):
    invitation = services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL))
    services.resend(viewer=viewer, invitation=invitation)
    first, second = (Client().get(link) for link in links)
    assert first.status_code == 404
    assert "un lien plus récent" in first.content.decode()
    assert second.status_code == 200


def test_a_withdrawn_or_expired_link_says_so(table: Table, viewer: Viewer, links: list[str]):
    invitation = services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL))
    with time_machine.travel(timezone.now() + timedelta(days=22)):
        answer = Client().get(links[0])
        assert answer.status_code == 410
        assert "a expiré" in answer.content.decode()
        assert Client().post(links[0], FORM).status_code == 410
    services.withdraw(viewer=viewer, invitation=invitation)
    assert "a été retirée" in Client().get(links[0]).content.decode()
    with pytest.raises(DomainError):
        services.resend(viewer=viewer, invitation=invitation)
    assert not User.objects.filter(email=EMAIL).exists()


def test_an_accepted_invitation_cannot_be_withdrawn(table: Table, viewer: Viewer, links: list[str]):
    invitation = services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL))
    Client().post(links[0], FORM)
    invitation.refresh_from_db()
    with pytest.raises(DomainError, match="déjà servi"):
        services.withdraw(viewer=viewer, invitation=invitation)


def test_the_page_of_invitations(table: Table, links: list[str]):
    client = table.client("coordinator")
    here = "/demarches/chantier-essai/invitations/"
    assert "Aucune invitation envoyée" in client.get(here).content.decode()
    refused = client.post(here, {"email": "pas une adresse", "role": "partner", "capacity": "organisation"})
    assert refused.status_code == 422
    sent = client.post(here, {"email": EMAIL, "role": "partner", "capacity": "organisation"}, follow=True)
    assert "en attente" in sent.content.decode()
    pk = Invitation.objects.get().pk
    client.post(f"{here}{pk}/renvoyer/")
    assert len(links) == 2
    assert "retirée" in client.post(f"{here}{pk}/retirer/", follow=True).content.decode()


def test_who_is_invited_for_an_organisation_without_anybody_takes_its_place(
    table: Table, viewer: Viewer, links: list[str]
):
    made = services.add_organisation(viewer=viewer, facts=OrganisationFacts(name="Entraide Z"))
    services.invite(viewer=viewer, facts=InvitationFacts(email=EMAIL, organisation=made))
    Client().post(links[0], FORM)
    membership = Membership.objects.get(space=table.space, organisation=made)
    assert membership.person == User.objects.get(email=EMAIL).person
