"""The first account of an empty installation."""

import pytest
from django.core.management import CommandError, call_command

from concertoit.ground.identity.models import User

pytestmark = pytest.mark.django_db


def test_opens_the_account_of_the_administration(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("open_installation", courriel="machine@exemple.test", mot_de_passe="une longue phrase secrète")
    user = User.objects.get()
    assert user.is_administrator
    assert user.person is not None
    assert user.check_password("une longue phrase secrète")
    assert "machine@exemple.test" in capsys.readouterr().out


def test_a_weak_password_opens_nothing() -> None:
    with pytest.raises(CommandError):
        call_command("open_installation", courriel="machine@exemple.test", mot_de_passe="12345")
    assert not User.objects.exists()
