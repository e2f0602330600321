"""Logging in, the second factor, sessions, forgotten passwords, brute force: pages are ours, in French."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from concertoit.ground.identity.models import User
from tests.personas import PASSWORD, Table

EMAIL = "partner@exemple.test"


def log_in(client: Client, password: str = PASSWORD, email: str = EMAIL):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def confirm(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_login_page_is_in_french_and_offers_a_passkey(client, db):
    html = client.get(reverse("account_login")).content.decode()
    assert "<h1>Connexion</h1>" in html
    assert 'id="passkey_login"' in html
    assert "Sign In" not in html


def test_scripts_of_the_login_page_pass_the_policy(client, db):
    response = client.get(reverse("account_login"))
    for script in re.findall(r"<script[^>]*>", response.content.decode()):
        assert "src=" in script or 'type="application/json"' in script, script
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


def test_an_address_logs_in_whatever_its_case(table: Table):
    client = Client()
    response = log_in(client, email="Partner@Exemple.TEST")
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    assert response.cookies["django_language"].value == "fr-ca"


def test_a_wrong_password_says_so_without_saying_which_is_wrong(table: Table):
    known = log_in(Client(), "pas le bon")
    unknown = log_in(Client(), "pas le bon", "personne@exemple.test")
    assert "ne vont pas ensemble" in known.content.decode()
    assert "ne vont pas ensemble" in unknown.content.decode()


@pytest.fixture(params=["locmem.LocMemCache", "db.DatabaseCache"])
def any_cache(request, settings, db):
    from django.core.cache import cache
    from django.core.management import call_command

    settings.CACHES = {
        "default": {"BACKEND": f"django.core.cache.backends.{request.param}", "LOCATION": "essai_de_cache"}
    }
    if "db." in request.param:
        call_command("createcachetable", verbosity=0)
    cache.clear()


def test_the_fifth_wrong_password_closes_the_door(table: Table, any_cache):
    client = Client()
    answers = [log_in(client, "pas le bon").status_code for _ in range(6)]
    assert answers[:4] == [200] * 4
    assert answers[-1] == 429
    blocked = log_in(client)  # even the right one
    assert blocked.status_code == 429
    assert "Attendez quinze minutes" in blocked.content.decode()
    assert log_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302  # the person, from elsewhere


def test_many_addresses_from_one_place_are_stopped(table: Table):
    client = Client()
    pages = [log_in(client, "pas le bon", f"a{number}@exemple.test").content.decode() for number in range(22)]
    assert "Trop d’essais" in pages[-1]


def test_logout_asks_first(as_):
    client = as_("partner")
    assert "Se déconnecter?" in client.get(reverse("account_logout")).content.decode()
    left = client.post(reverse("account_logout"))
    assert left.headers["Location"] == reverse("account_login")
    # Not "storage": it would destroy what waits in the queue of the phone (docs/dev/offline.md).
    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get(reverse("account_login")).headers
    assert client.get("/").status_code == 302


def test_nobody_opens_an_account_alone(client, db):
    page = client.get(reverse("account_signup"))
    assert "sur invitation" in page.content.decode()
    client.post(
        reverse("account_signup"),
        {"email": "moi@exemple.test", "password1": "un long mot de passe", "password2": "un long mot de passe"},
    )
    assert not User.objects.filter(email="moi@exemple.test").exists()


def test_a_forgotten_password_is_replaced_by_the_link(table: Table):
    client = Client()
    assert client.post(reverse("account_reset_password"), {"email": EMAIL}).status_code == 302
    message = mail.outbox[0]
    assert message.subject == "Choisir un nouveau mot de passe"
    assert "&" not in message.body
    link = re.search(r"http://testserver(\S+)", message.body).group(1)
    page = client.get(link, follow=True)
    assert "Nouveau mot de passe" in page.content.decode()
    fresh = "une autre phrase de passe"
    done = client.post(page.redirect_chain[-1][0], {"password1": fresh, "password2": fresh}, follow=True)
    assert "Mot de passe changé" in done.content.decode()
    assert log_in(Client(), fresh).status_code == 302
    assert "n’est plus valide" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_says_so(client, db):
    page = client.post(reverse("account_reset_password"), {"email": "inconnue@exemple.test"}, follow=True)
    assert "Regardez vos courriels" in page.content.decode()
    assert "aucun compte n’existe" in mail.outbox[0].body


def test_changing_the_password_is_told_by_mail(as_, table: Table):
    client = as_("partner")
    page = client.get(reverse("account_change_password")).content.decode()
    assert "Enregistrer le mot de passe" in page
    fresh = "une autre phrase de passe"
    wrong = client.post(
        reverse("account_change_password"), {"oldpassword": "non", "password1": fresh, "password2": fresh}
    )
    assert "mot de passe actuel" in wrong.content.decode()
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert mail.outbox[-1].subject == "Votre mot de passe a changé"
    assert log_in(Client(), fresh).status_code == 302


def test_a_second_factor_is_asked_at_the_next_login(table: Table):
    client = Client()
    log_in(client)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context_data["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}).status_code == 302
    stored = Authenticator.objects.get(user=table.user("partner"), type="totp")
    assert secret not in str(stored.data)
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert codes.status_code == 200
    text = client.get(reverse("mfa_download_recovery_codes")).content.decode().split()
    assert len(text) == 10
    assert "Activée depuis" in client.get(reverse("mfa_index")).content.decode()

    other = Client()
    assert log_in(other).headers["Location"] == reverse("mfa_authenticate")
    assert other.get("/").status_code == 302
    asked = other.get(reverse("mfa_authenticate")).content.decode()
    assert "Seconde étape" in asked
    assert "codes de secours" in asked
    assert "clé de sécurité" not in asked, "this account has none"
    assert "placeholder" not in asked
    assert other.post(reverse("mfa_authenticate"), {"code": "123"}).status_code == 200
    assert other.post(reverse("mfa_authenticate"), {"code": text[0]}).status_code == 302
    assert other.get("/").status_code == 200

    assert "Retirer" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=table.user("partner"), type="totp").exists()


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "identity:sessions"]
)
def test_security_pages_are_ours(table: Table, name: str):
    client = Client()
    log_in(client)
    confirm(client)
    html = client.get(reverse(name)).content.decode()
    assert "Mon compte" in html
    assert "Appareils connectés" in html


def test_security_asks_who_is_there(as_):
    page = as_("partner").get(reverse("mfa_add_webauthn"), follow=True)
    assert "Confirmer que c’est vous" in page.content.decode()
    confirmed = as_("partner").post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert "Ajouter une clé" in confirmed.content.decode()


def test_another_device_is_disconnected(table: Table):
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    here.get("/")
    there.get("/")
    page = here.get(reverse("identity:sessions")).content.decode()
    assert "cet appareil" in page
    number = re.search(r'name="session" value="(\d+)"', page).group(1)
    table.client("coordinator").post(reverse("identity:sessions"), {"session": number})
    assert there.get("/").status_code == 200  # somebody else's devices are not mine to close
    assert here.post(reverse("identity:sessions"), {"session": number}, follow=True).status_code == 200
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_a_change_of_password_closes_the_other_devices(table: Table):
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    fresh = "une autre phrase de passe"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert there.get("/").status_code == 302
    page = here.get(reverse("identity:sessions")).content.decode()
    assert page.count("cet appareil") == 1
    assert "Déconnecter tous" not in page


def test_profile_keeps_name_and_language(as_, table: Table):
    client = as_("partner")
    assert client.post(reverse("identity:profile"), {"name": " ", "language": "en"}).status_code == 422
    response = client.post(reverse("identity:profile"), {"name": "Carole T.", "language": "en"})
    assert response.cookies["django_language"].value == "en"
    user = User.objects.get(pk=table.user("partner").pk)
    assert (user.name, user.language) == ("Carole T.", "en")
