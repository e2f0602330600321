"""The logbook (S5): written once, corrected in the open, read by its author and by the lead for the days of the team."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from concertoit.field.logbook.models import Edition, Entry, Referral, Site, Term
from concertoit.field.logbook.queries import entries as queries
from concertoit.field.logbook.queries.lists import expressed_in, lists_of
from concertoit.field.logbook.rules.editions import bits_of, expressed
from concertoit.field.logbook.services import editions, entries, workers
from concertoit.field.logbook.views.logbook_desk import brought
from concertoit.ground.audit.models import Entry as Line
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from tests.field.logbook import made
from tests.personas import Table


def path(table: Table, rest: str = "") -> str:
    return f"/demarches/{table.space.slug}/journal-de-bord/{rest}"


def test_the_same_id_is_one_entry(table: Table) -> None:
    sent = made.posted(table)
    client = table.client("worker")
    for _time in range(3):
        assert client.post(path(table), sent, headers={"X-Queue": "1"}).status_code == 204
    assert Entry.objects.filter(space=table.space).count() == 1


def test_an_id_of_somebody_else_is_refused(table: Table) -> None:
    sent = made.posted(table)
    table.client("worker").post(path(table), sent, headers={"X-Queue": "1"})
    answer = table.client("liaison").post(path(table), sent, headers={"X-Queue": "1"})
    assert answer.status_code == 422
    assert "saisissez-la de nouveau" in answer.content.decode()


def test_a_refusal_says_why_in_words(table: Table) -> None:
    answer = table.client("worker").post(path(table), made.posted(table, activities=[]), headers={"X-Queue": "1"})
    assert (answer.status_code, answer.content.decode()) == (422, "Activité\u00a0: Choisissez au moins une activité.")
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_without_scripts_the_form_is_an_ordinary_one(table: Table) -> None:
    client = table.client("worker")
    answer = client.post(path(table), made.posted(table, client_id=""), follow=True)
    page = answer.content.decode()
    assert "Intervention inscrite." in page
    assert "1 intervention" in page
    wrong = client.post(path(table), made.posted(table, kind="collective"))
    assert wrong.status_code == 422
    assert "Dites ce que le groupe fait." in wrong.content.decode()


def test_the_page_may_be_kept_by_the_phone(table: Table) -> None:
    made.site(table)
    made.lists()
    assert table.client("worker").get(path(table)).headers["X-Offline-Page"]


def test_sector_and_territory_are_those_of_the_day(table: Table) -> None:
    entry = made.entry(table)
    Site.objects.filter(pk=entry.site_id).update(sector="coop")
    entry.refresh_from_db()
    assert (entry.sector, entry.municipality_id_then) == ("office", table.municipality.pk)
    assert entry.mrc_id_then == table.municipality.mrc_id


def test_a_day_to_come_and_a_closed_building_are_refused(table: Table) -> None:
    with pytest.raises(DomainError, match="jour passé"):
        made.entry(table, on=timezone.localdate() + timedelta(days=1))
    Site.objects.filter(pk=made.site(table).pk).update(closed_on=date(2020, 1, 1))
    with pytest.raises(DomainError, match="n’est plus desservi"):
        made.entry(table)


def test_a_correction_keeps_before_and_after_and_never_the_note(table: Table) -> None:
    entry = made.entry(table, note="Écoute.")
    entries.correct(
        viewer=table.viewer("worker"), entry_id=entry.pk, facts=made.facts(table, minutes=60, note="Autre.")
    )
    line = Line.objects.get(verb="entry.corrected", object_id=str(entry.pk))
    assert (line.before, line.after) == ({"minutes": 30}, {"minutes": 60})
    entries.correct(viewer=table.viewer("worker"), entry_id=entry.pk, facts=made.facts(table, minutes=60))
    assert not Line.objects.filter(after__icontains="Autre").exists()


def test_a_history_says_clienteles_and_activities_in_the_words_of_the_edition(table: Table) -> None:
    entry = made.entry(table)
    said = {"clienteles": made.mask("clientele", "elders", "alone"), "activities": made.mask("activity", "conflict")}
    entries.correct(viewer=table.viewer("worker"), entry_id=entry.pk, facts=made.facts(table, **said))
    line = Line.objects.get(verb="entry.corrected", object_id=str(entry.pk))
    assert line.before == {"clienteles": "Familles", "activities": "Accueil"}
    assert line.after == {"clienteles": "Personnes aînées, Personnes seules", "activities": "Gestion de conflits"}


def test_the_list_of_the_team_starts_with_the_month_like_ones_own(table: Table) -> None:
    made.seat(table, "liaison", is_lead=True)
    page = table.client("liaison").get(path(table, "interventions/"), {"qui": "equipe"})
    month = timezone.localdate().replace(day=1).isoformat()
    assert f'name="du" value="{month}"' in page.content.decode()
    everything = table.client("liaison").get(path(table, "interventions/"), {"qui": "equipe", "du": ""})
    assert f'value="{month}"' not in everything.content.decode()


def test_a_retired_entry_counts_nowhere_and_comes_back(table: Table) -> None:
    entry, viewer = made.entry(table), table.viewer("worker")
    entries.retire(viewer=viewer, entry_id=entry.pk)
    assert queries.totals(queries.mine(viewer)).entries == 0
    with pytest.raises(DomainError):
        entries.retire(viewer=viewer, entry_id=entry.pk)
    entries.retire(viewer=viewer, entry_id=entry.pk, back=True)
    assert queries.totals(queries.mine(viewer)).minutes == 30
    assert Entry.objects.filter(pk=entry.pk).exists()


def test_again_copies_what_was_done_but_neither_note_nor_referral(table: Table) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    facts = {"kind": "collective", "collective_object": "projects", "people": 9, "note": "Bien."}
    model = made.entry(table, on=yesterday, **facts)
    client, sent = table.client("worker"), {"again": model.pk, "client_id": str(uuid.uuid4())}
    for _time in range(2):
        assert client.post(path(table), sent, headers={"X-Queue": "1"}).status_code == 204
    copy = Entry.objects.get(on=timezone.localdate())
    assert (copy.people, copy.collective_object, copy.activity_mask) == (9, "projects", model.activity_mask)
    assert (copy.note, copy.referred) == ("", False)


def test_a_referral_is_noted_with_the_entry(table: Table) -> None:
    made.lists()
    reason = Term.objects.get(edition__code="2022", kind="reason", code="food")
    sent = made.posted(table, destination="community", main_reason=str(reason.pk), consented="on")
    for _time in range(2):
        table.client("worker").post(path(table), sent, headers={"X-Queue": "1"})
    row = Referral.objects.get(space=table.space)
    assert (row.destination, row.main_reason, row.state, row.entry.referred) == ("community", reason, "sent", True)
    missing = table.client("worker").post(path(table), made.posted(table, destination="cisss"))
    assert "raison principale de la référence" in missing.content.decode()


def test_the_lead_reads_the_days_of_the_team_only(table: Table) -> None:
    lead, today = table.viewer("liaison"), timezone.localdate()
    before = made.entry(table, on=today - timedelta(days=40))
    inside = made.entry(table, on=today - timedelta(days=10))
    assert not queries.visible(lead).exists()
    made.seat(table, "worker", since=today - timedelta(days=20))
    assert not queries.visible(lead).exists()
    place = made.seat(table, "liaison", since=today - timedelta(days=20), is_lead=True)
    assert list(queries.visible(lead)) == [inside]
    with pytest.raises(NotVisible):
        queries.entry_of(lead, before.pk)
    with pytest.raises(NotAllowed):
        entries.correct(viewer=lead, entry_id=inside.pk, facts=made.facts(table))
    page = table.client("liaison").get(path(table, "interventions/?qui=equipe")).content.decode()
    assert "1 intervention" in page
    workers.leave(viewer=lead, place=place)
    place.ends_on = today - timedelta(days=1)
    place.save()
    assert not queries.visible(lead).exists()


def test_coordination_reads_no_entry(table: Table) -> None:
    entry = made.entry(table)
    assert not queries.visible(table.viewer("coordinator")).exists()
    assert table.client("coordinator").get(path(table, f"interventions/{entry.pk}/")).status_code == 403


def test_files_carry_neither_names_nor_notes(table: Table) -> None:
    made.entry(table, note="Madame du quatrième.")
    client = table.client("worker")
    text = b"".join(client.get(path(table, "interventions.csv")).streaming_content).decode("utf-8-sig")
    header, line = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(header) == len(line) == 11
    assert line[1] == "Place Saint-Martin"
    assert "Madame" not in text
    assert str(table.person("worker")) not in text
    assert b"".join(client.get(path(table, "interventions.xlsx")).streaming_content).startswith(b"PK")
    assert client.get(path(table, "interventions.doc")).status_code == 404


def test_the_last_building_used_comes_first(table: Table) -> None:
    viewer, today = table.viewer("worker"), timezone.localdate()
    first, second = made.site(table, "A"), made.site(table, "B")
    assert queries.sites_for(viewer, today) == [first, second]
    made.entry(table, site=second)
    assert queries.sites_for(viewer, today) == [second, first]


def test_lists_are_installed_once(table: Table) -> None:
    editions.install_editions()
    count = Term.objects.filter(edition__space=None).count()
    editions.install_editions()
    assert Term.objects.filter(edition__space=None).count() == count
    codes = set(Term.objects.filter(edition__code="2022", kind="activity").values_list("code", flat=True))
    assert "occasional" in codes
    assert "psychosocial" not in codes


def test_an_entry_of_2007_is_said_in_the_words_of_2022(table: Table) -> None:
    new = made.lists()
    old = Edition.objects.get(space=None, code="2007")
    bit = Term.objects.get(edition=old, kind="activity", code="psychosocial").bit
    facts = made.facts(table, on=date(2020, 3, 3), activities=1 << bit)
    entry, _new = entries.enter(viewer=table.viewer("worker"), client_id=uuid.uuid4(), facts=facts)
    assert entry.edition == old
    words = Term.objects.filter(edition=new, kind="activity", bit__in=bits_of(expressed_in(entry, new)[1]))
    assert [term.code for term in words] == ["occasional"]
    entry.edition = new
    assert expressed_in(entry, old)[1] == 1 << bit


def test_a_divided_term_gives_all_its_parts() -> None:
    assert expressed(0b101, {0: [3], 2: [4, 5]}) == 0b111000
    assert expressed(0b10, {0: [3]}) == 0


def test_own_terms_keep_the_bits_of_what_was_entered(table: Table) -> None:
    before, viewer = made.entry(table), table.viewer("liaison")
    term = editions.add_term(viewer=viewer, kind="activity", label="Jardin collectif")
    assert term.edition.space == table.space
    assert term.bit == 10
    with pytest.raises(DomainError, match="déjà dans la liste"):
        editions.add_term(viewer=viewer, kind="activity", label="jardin collectif")
    gone = editions.retire_term(viewer=viewer, term_id=Term.objects.get(edition=term.edition, code="welcome").pk)
    assert gone.retired_on
    assert lists_of(table.space.pk).words(before, "activity") == ["Accueil"]
    page = table.client("worker").get(path(table)).content.decode()
    assert "Jardin collectif" in page
    assert ">Accueil<" not in page
    assert editions.retire_term(viewer=viewer, term_id=gone.pk).retired_on is None


def test_the_desk_recalls_a_silent_logbook(table: Table) -> None:
    user, viewers = table.user("worker"), [table.viewer("worker")]
    assert not brought(user, viewers).todos
    made.entry(table, on=timezone.localdate() - timedelta(days=9))
    (todo,) = brought(user, viewers).todos
    assert "rien depuis" in todo.title
    made.entry(table)
    found = brought(user, viewers)
    assert not found.todos
    assert "1 intervention aujourd’hui" in found.moves[0].sentence
