"""Sentences, restoring, filters, the file."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.audit import queries, services, verbs
from concertoit.ground.audit.exports import BOM, journal_csv
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from tests.ground.audit.conftest import Rename
from tests.hostile import assert_constant_queries
from tests.personas import Table


def written(table: Table, **values: Any) -> Entry:
    with transaction.atomic():
        given = {"actor": table.user("coordinator"), "verb": "test.rename", "object_type": "x", "object_id": 1}
        return services.record(**{**given, "space_id": table.space.pk, **values})


@pytest.mark.django_db(transaction=True)
def test_no_line_without_a_transaction() -> None:
    with pytest.raises(DomainError):
        services.record(actor=None, verb="x", object_type="x", object_id=1)


def test_a_row_names_its_own_line(table: Table) -> None:
    row = table.membership("partner")
    line = services.record_row(row, "Un organisme", actor=table.user("coordinator"), verb="spaces.moved", note=12)
    assert (line.object_type, line.object_id, line.space_id) == ("spaces.membership", str(row.pk), table.space.pk)
    assert (line.object_label, line.note) == ("Un organisme", "12")


def test_a_sentence_escapes_what_people_write(table: Table, rename: Rename) -> None:
    entry = rename("coordinator", "<b>Après</b>")
    shown = queries.sentence(entry, linked=True)
    assert shown == (
        '<strong>Alice Modèle</strong> a renommé <a href="/journal/test.object/1/">&lt;b&gt;Après&lt;/b&gt;</a>'
    )
    assert queries.plain_sentence(entry) == "Alice Modèle a renommé <b>Après</b>"


def test_the_system_and_forgotten_verbs_have_a_sentence(table: Table) -> None:
    entry = written(table, actor=None, verb="gone.verb", object_label="la fiche")
    assert queries.plain_sentence(entry) == "Concertoit a agi sur la fiche"


def test_values_in_words(table: Table, rename: Rename) -> None:
    entry = written(
        table, object_type="test.object", before={"a": True}, after={"a": None, "b": [1, False], "c": {"d": "e"}}
    )
    shown = {change.label: change.after for change in queries.field_changes(entry)}
    assert shown == {"a": "", "b": "1, non", "c": "d\u00a0: e"}
    assert queries.field_changes(written(table, object_type="test.object", after={"quoted": 1}))[0].after == "« 1 »"


def test_restoring_writes_the_room_s_change_and_a_line(table: Table, rename: Rename, titles: dict[str, str]) -> None:
    entry = rename("coordinator", "Après")
    line = services.restore(actor=table.user("coordinator"), entry_id=entry.pk)
    assert titles["1"] == "Avant"
    assert (line.verb, line.space_id) == ("audit.restore", table.space.pk)
    assert "a rétabli Après comme avant le" in queries.plain_sentence(line)


def test_restoring_is_refused_to_those_who_may_not(table: Table, rename: Rename, titles: dict[str, str]) -> None:
    entry = rename("coordinator", "Après")
    for key, error in (("partner", NotAllowed), ("stranger", NotVisible)):
        with pytest.raises(error):
            services.restore(actor=table.user(key), entry_id=entry.pk)
    with pytest.raises(NotVisible):
        services.restore(actor=table.user("coordinator"), entry_id=0)
    created = written(table, object_type="test.object", after={"title": "x"})
    with pytest.raises(DomainError):
        services.restore(actor=table.user("coordinator"), entry_id=created.pk)
    assert titles["1"] == "Après"


def test_the_history_page_shows_the_difference_and_offers_to_restore(table: Table, rename: Rename) -> None:
    entry = rename("coordinator", "Avant tout")
    url = reverse("audit:history", kwargs={"object_type": "test.object", "object_id": "1"})
    page = table.client("coordinator").get(url).content.decode()
    assert re.search(r"<ins>.*tout</ins>", page, re.DOTALL)
    assert "Titre" in page
    restore = reverse("audit:restore", kwargs={"entry_id": entry.pk})
    assert restore in page
    assert 'href="/objets/1/"' in page
    reader = table.client("partner").get(url)
    assert reader.status_code == 200
    assert restore not in reader.content.decode()
    assert table.client("stranger").get(url).status_code == 404
    assert table.client("partner").post(restore).status_code == 403
    assert table.client("coordinator").post(restore)["Location"] == url


def test_the_rail_of_the_demarche_stays_beside_a_history(table: Table, rename: Rename) -> None:
    rename("coordinator", "Avant tout")
    url = reverse("audit:history", kwargs={"object_type": "test.object", "object_id": "1"})
    page = table.client("coordinator").get(url).content.decode()
    assert 'class="rail"' in page
    assert reverse("plans:plan", kwargs={"slug": table.space.slug}) in page


def test_the_journal_is_filtered_by_its_address(table: Table, rename: Rename) -> None:
    rename("coordinator", "Par la coordination")
    rename("coco", "Par le comité")
    old = written(table, object_label="Ancien")
    Entry.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=10))
    written(table, object_label="Ailleurs", space_id=table.other.pk)
    client = table.client("coordinator")
    url = reverse("spaces:journal", kwargs={"slug": table.space.slug})

    def shown(**asked: Any) -> set[str]:
        page = client.get(url, asked).content.decode()
        words = ("Par la coordination", "Par le comité", "Ancien", "Ailleurs")
        return {word for word in words if f">{word}<" in page}

    assert shown() == {"Par la coordination", "Par le comité", "Ancien"}
    assert shown(qui=table.user("coco").pk) == {"Par le comité"}
    assert shown(objet="test.object") == {"Par la coordination", "Par le comité"}
    assert shown(du=timezone.localdate().isoformat()) == {"Par la coordination", "Par le comité"}
    assert shown(au=(timezone.localdate() - timedelta(days=5)).isoformat()) == {"Ancien"}
    assert shown(q="comité") == {"Par le comité"}
    assert shown(q="rien de tel") == set()
    assert shown(qui="n’importe", du="hier") == {"Par la coordination", "Par le comité", "Ancien"}


def test_the_file_says_the_same_and_executes_nothing(table: Table, rename: Rename) -> None:
    rename("coordinator", "=SOMME(A1)")
    text = "".join(journal_csv(queries.journal(table.space.pk)))
    assert text.startswith(BOM)
    header, row = csv.reader(io.StringIO(text.removeprefix(BOM)), delimiter=";")
    assert len(header) == len(row) == 9
    assert row[2:6] == ["Alice Modèle", "Alice Modèle a renommé =SOMME(A1)", "Objet", "'=SOMME(A1)"]
    url = reverse("spaces:journal_csv", kwargs={"slug": table.space.slug})
    response = table.client("coordinator").get(url)
    assert response["Content-Type"].startswith("text/csv")
    assert b"".join(response).decode() == text  # type: ignore[arg-type]


def test_the_journal_costs_the_same_with_ten_times_the_lines(table: Table, rename: Rename) -> None:
    rename("coordinator", "Un")
    client, url = table.client("coordinator"), reverse("spaces:journal", kwargs={"slug": table.space.slug})
    assert_constant_queries(lambda: [rename("coordinator", f"Titre {n}") for n in range(30)], lambda: client.get(url))


def test_a_verb_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        verbs.register({"audit.restore": "autre chose"})


def test_sentences_only_use_known_placeholders() -> None:
    for code, sentence in verbs.sentences().items():
        assert verbs.placeholders(str(sentence)) <= verbs.PLACEHOLDERS, code
