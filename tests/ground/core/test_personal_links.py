"""The secrets of personal links."""

from types import SimpleNamespace

from django.utils import timezone

from concertoit.ground.core.personal_links import digest_of, token_of


def test_a_link_is_not_found_from_its_digest():
    assert len(digest_of("jeton")) == 64
    assert "jeton" not in digest_of("jeton")


def test_the_same_row_makes_the_same_secret_and_a_change_makes_another():
    row = SimpleNamespace(pk=1, created_at=timezone.now())
    token = token_of("plans.ask", row, "a@exemple.test")
    assert token == token_of("plans.ask", row, "a@exemple.test")
    others = {
        token_of("plans.ask", row, "b@exemple.test"),
        token_of("meetings.answer", row, "a@exemple.test"),
        token_of("plans.ask", SimpleNamespace(pk=2, created_at=row.created_at), "a@exemple.test"),
    }
    assert token not in others
    assert len(others) == 3
