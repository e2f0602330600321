"""The index on the database at hand: it finds what the rules say, and only what a person may see."""

import random
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertoit.ground.core.jobs import enqueue
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.search import policies, queries, services
from concertoit.ground.search.models import Document
from concertoit.ground.search.policies import Doc, Searchable
from tests.ground.search.test_rules import answers
from tests.hostile import assert_queries
from tests.personas import Table

pytestmark = pytest.mark.django_db

VOCABULARY = re.findall(
    r"\S+",
    """logement Logements insalubre insalubrité prévention prévenir l’habitation d’habitations comité Comités table plan
    1.1.2 1.1.3 réalisée réalisés activité activités œuvre cœur coûts côté cote Saint-Martin mise en de la aujourd’hui
    organisme organismes municipalité municipal municipaux élu élus élue données 2026-2027 HLM hlm 11446 e5 1e5 x
    xlogement""",
)


def keep(
    table: Table, object_id: object, title: str, body: str = "", kind: str = "note", space: int | None = -1
) -> None:
    services.index(
        kind=kind, object_id=object_id, title=title, body=body, url=f"/notes/{object_id}/",
        space_id=table.space.pk if space == -1 else space,
    )  # fmt: skip


def titles(table: Table, question: str, key: str = "partner", **narrow: object) -> list[str]:
    found = queries.find(policies.readers_of(table.user(key)), question, **narrow)  # type: ignore[arg-type]
    return [result.document.title for result in queries.results(found, found.hits)]


def test_a_thing_is_found_changed_and_forgotten(table: Table) -> None:
    keep(table, 1, "Guide sur l’insalubrité", "Pour les locataires.")
    assert titles(table, "insalubrite locataire") == ["Guide sur l’insalubrité"]
    keep(table, 1, "Guide des baux", "Pour les locataires.")
    assert titles(table, "insalubrite") == []
    assert titles(table, "bau") == ["Guide des baux"]
    services.remove(kind="note", object_ids=[1])
    assert titles(table, "baux") == []


def test_the_title_counts_more_than_the_text(table: Table) -> None:
    keep(table, 1, "Autre chose", "Un mot de logement. " + "Et du reste. " * 20)
    keep(table, 2, "Logement social", "Et du reste. " * 20)
    assert titles(table, "logement") == ["Logement social", "Autre chose"]


def test_one_finds_only_what_one_may_see(table: Table) -> None:
    keep(table, 1, "Ici logement")
    keep(table, 2, "Ailleurs logement", space=table.other.pk)
    keep(table, 3, "Secret logement", kind="secret")
    keep(table, 4, "Logement pour tous", kind="organisation", space=None)
    assert set(titles(table, "logement")) == {"Ici logement", "Logement pour tous"}
    assert set(titles(table, "logement", "coordinator")) == {"Ici logement", "Secret logement", "Logement pour tous"}
    assert set(titles(table, "logement", "stranger")) == {"Ailleurs logement", "Logement pour tous"}
    assert titles(table, "logement", "administrator") == ["Logement pour tous"]


def test_filters_and_counts(table: Table) -> None:
    for n in range(3):
        keep(table, n, f"Logement {n}")
    keep(table, 9, "Logement pour tous", kind="organisation", space=None)
    found = queries.find(policies.readers_of(table.user("partner")), "logement", kind="organisation")
    assert found.kinds == {"note": 3, "organisation": 1}
    assert len(found.hits) == 1
    assert len(titles(table, "logement", space_id=table.space.pk)) == 3
    assert titles(table, "logement", space_id=table.other.pk) == []


def test_many_hits_are_cut_and_a_filter_looks_beyond_the_cut(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 5)
    services.index_many(
        kind="note", docs=[Doc(n, f"Logement {n}", f"/notes/{n}/", space_id=table.space.pk) for n in range(9)]
    )
    keep(table, 99, "Logement pour tous", kind="organisation", space=None)
    assert queries.find(policies.readers_of(table.user("partner")), "logement").capped
    assert len(queries.find(policies.readers_of(table.user("partner")), "logement", kind="organisation").hits) == 1


def test_nothing_to_look_for_or_nowhere_to_look(table: Table) -> None:
    keep(table, 1, "Logement")
    assert titles(table, " ' ") == []
    policies._kinds.clear()
    assert titles(table, "logement") == []


def test_an_undeclared_kind_is_refused() -> None:
    with pytest.raises(LookupError):
        services.index(kind="unknown", object_id=1, title="x", url="/")
    with pytest.raises(ValueError, match="twice"):
        policies.register(Searchable("note", "Autre", "lock", list))


def test_indexing_many_costs_few_queries(table: Table) -> None:
    docs = [Doc(n % 300, f"Note {n}", f"/notes/{n}/", space_id=table.space.pk) for n in range(400)]
    with assert_queries(8):
        assert services.index_many(kind="note", docs=docs) == 300
    assert Document.objects.get(object_id="99").title == "Note 399"


def test_the_index_is_made_anew(table: Table, rows: list[Doc]) -> None:
    keep(table, 1, "Disparue")
    rows += [Doc(2, "Retrouvée", "/notes/2/", space_id=table.space.pk)]
    call_command("reindex", "note", verbosity=0)
    assert titles(table, "disparue") == []
    assert titles(table, "retrouvée") == ["Retrouvée"]
    with pytest.raises(CommandError, match="note"):
        call_command("reindex", "rien")
    rows += [Doc(3, "Retrouvée aussi", "/notes/3/", space_id=table.space.pk)]
    enqueue("search.reindex")
    work(once=True)
    assert set(titles(table, "retrouvée")) == {"Retrouvée", "Retrouvée aussi"}


@pytest.fixture
def many(table: Table) -> dict[str, str]:
    """Two hundred notes of words in any order; the same on both databases."""
    dice = random.Random(7)  # noqa: S311
    texts = {
        f"{n} {' '.join(dice.choices(VOCABULARY, k=4))}": " ".join(dice.choices(VOCABULARY, k=dice.randint(0, 30)))
        for n in range(200)
    }
    docs = [Doc(n, title, "/", body, table.space.pk) for n, (title, body) in enumerate(texts.items())]
    services.index_many(kind="note", docs=docs)
    return texts


QUESTIONS = st.lists(st.sampled_from([*VOCABULARY, '"', "logem", "inca", "1.1", "réal", "’", "&|!:*()"]), max_size=4)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=QUESTIONS, space=st.sampled_from(["", " "]))
def test_every_database_finds_exactly_what_the_rules_say(
    table: Table, many: dict[str, str], words: list[str], space: str
) -> None:
    question = " ".join(words) + space
    said = {title for title, body in many.items() if answers_apart(question, title, body)}
    assert set(titles(table, question)) == said


def answers_apart(question: str, title: str, body: str) -> bool:
    """Title and text answer together, but a phrase is in one of them."""
    from concertoit.ground.search import rules

    return bool(rules.understand(question)) and answers(question, f"{title} § {body}")


def test_the_page_says_how_many_marks_and_filters(table: Table) -> None:
    keep(table, 1, "Guide <b>", "Sur l’insalubrité & le reste")
    keep(table, 2, "Insalubrité", kind="organisation", space=None)
    client, url = table.client("partner"), reverse("search:results")
    assert client.get(url).status_code == 200
    page = client.get(url, {"q": "INSALUBRITE"}).content.decode()
    assert "2 résultats pour" in page
    assert "Guide &lt;b&gt;" in page
    assert "l’<mark>insalubrité</mark> &amp; le reste" in page
    only = client.get(url, {"q": "insalubrité", "type": "note"}).content.decode()
    assert "<mark>Insalubrité</mark>" not in only
    assert "Rien ne répond" in client.get(url, {"q": "introuvable"}).content.decode()
    assert client.get(url, {"q": "%' OR 1=1 --"}).status_code == 200


def test_the_fragment_is_a_part_of_the_page(table: Table) -> None:
    keep(table, 1, "Logement")
    client, url = table.client("partner"), reverse("search:results")
    fragment = client.get(url, {"q": "logement"}, headers={"HX-Request": "true", "HX-Target": "resultats"})
    assert fragment.content.decode().strip() in client.get(url, {"q": "logement"}).content.decode()


def test_the_page_costs_the_same_with_many_results(table: Table, many: dict[str, str]) -> None:
    client, url = table.client("partner"), reverse("search:results")
    client.get(url)
    with assert_queries(5):
        client.get(url, {"q": "plan"})
