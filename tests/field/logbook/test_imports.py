"""Bringing a table of interventions (S5): understood line by line, written once, undone while nothing was corrected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.enums.imports import Column, ImportState
from concertoit.field.logbook.models import Entry, EntryImport, Referral, Site, TallyPeriod, Worker
from concertoit.field.logbook.privacy import imports as privacy
from concertoit.field.logbook.queries.lists import lists_of
from concertoit.field.logbook.services import entries, import_lines, imports
from concertoit.field.logbook.services.figures import recount
from concertoit.field.logbook.services.workers import SiteFacts, save_site
from concertoit.ground.audit.models import Entry as Written
from concertoit.ground.core.errors import DomainError, NotVisible
from tests.field.logbook import made, made_imports
from tests.field.logbook.made_imports import GROUP, ONE
from tests.hostile import assert_constant_queries
from tests.personas import Table


def path(table: Table, rest: str = "") -> str:
    return f"/demarches/{table.space.slug}/journal-de-bord/tableaux/{rest}"


def reading(table: Table, row: EntryImport, who: str = "worker") -> import_lines.Reading:
    return import_lines.understand(table.viewer(who), row)


def faults(table: Table, **said: str) -> list[tuple[str, str]]:
    """What is wrong with one line that says these things otherwise."""
    names = (Column.ON, Column.WORKER, Column.SITE, Column.KIND, Column.OBJECT, Column.CLIENTELES, Column.ACTIVITIES,
             Column.MINUTES, Column.PEOPLE, Column.DESTINATION, Column.REASON, Column.NOTE)  # fmt: skip
    line = [said.get(name, cell) for name, cell in zip(names, ONE, strict=True)]
    (found,) = reading(table, made_imports.table(table, line)).lines
    return [(fault.place, fault.text) for fault in found.faults]


def test_a_table_becomes_interventions(table: Table) -> None:
    row = made_imports.table(table)
    assert imports.confirm(viewer=table.viewer("worker"), import_id=row.pk) == 2
    one, group = Entry.objects.order_by("on")
    lists = lists_of(table.space.pk)
    assert (one.on, one.site.name, one.kind, one.minutes, one.sector) == (
        date(2026, 2, 24), "Place Saint-Martin", "individual", 45, "office",
    )  # fmt: skip
    assert lists.words(one, TermKind.CLIENTELE) == ["Familles", "Jeunes"]
    assert (group.kind, group.collective_object, group.people, group.minutes) == ("collective", "association", 12, 90)
    assert lists.words(group, TermKind.ACTIVITY) == ["Soutien au comité de locataires", "Organisation d’activités"]
    assert {one.worker.membership_id, group.worker.membership_id} == {table.membership("worker").pk}
    referral = Referral.objects.get(entry=one)
    assert (referral.destination, referral.main_reason.code, referral.on) == ("cisss", "mental_health", one.on)
    assert (one.referred, group.referred, one.note) == (True, False, "")
    row.refresh_from_db()
    assert (row.state, row.entry_count, row.rows) == (ImportState.CONFIRMED, 2, [])


def test_the_journal_has_one_line_and_no_cell(table: Table) -> None:
    row = made_imports.table(table)
    imports.confirm(viewer=table.viewer("worker"), import_id=row.pk)
    line = Written.objects.get(verb="logbook.table_brought")
    assert line.after == {"entries": 2, "from": "2026-02-24", "to": "2026-02-25"}
    assert not Written.objects.filter(verb="entry.made").exists()


def test_the_same_file_twice_writes_nothing_twice(table: Table) -> None:
    viewer = table.viewer("worker")
    imports.confirm(viewer=viewer, import_id=made_imports.table(table).pk)
    entry = Entry.objects.get(kind="individual")
    entries.correct(viewer=viewer, entry_id=entry.pk, facts=made.facts(table, on=entry.on, minutes=50))
    again = made_imports.table(table, ONE, GROUP, (*ONE[:7], "15", *ONE[8:]))
    states = [line.state for line in reading(table, again).lines]
    assert states == [import_lines.THERE, import_lines.THERE, import_lines.NEW]
    assert imports.confirm(viewer=viewer, import_id=again.pk) == 1
    with pytest.raises(DomainError, match="aucune intervention"):
        imports.confirm(viewer=viewer, import_id=made_imports.table(table).pk)


def test_two_same_lines_are_two_interventions(table: Table) -> None:
    row = made_imports.table(table, ONE, ONE)
    assert "plus d’une fois" in reading(table, row).lines[1].remarks[0]
    assert imports.confirm(viewer=table.viewer("worker"), import_id=row.pk) == 2


def test_what_looks_like_an_entry_of_the_day_waits_for_a_yes(table: Table) -> None:
    made.entry(table, on=date(2026, 2, 24))
    row = made_imports.table(table)
    assert [line.state for line in reading(table, row).lines] == [import_lines.ALIKE, import_lines.NEW]
    assert imports.confirm(viewer=table.viewer("worker"), import_id=row.pk) == 1
    row = made_imports.table(table)
    assert imports.confirm(viewer=table.viewer("worker"), import_id=row.pk, alike=True) == 1


def test_what_is_wrong_is_said_at_its_place(table: Table) -> None:
    assert faults(table, on="bientôt") == [
        ("Date", "Date illisible, «\u00a0bientôt\u00a0»\u00a0: écrivez 2026-02-24.")
    ]
    assert faults(table, on="2060-01-01")[0][0] == "Date"
    assert faults(table, site="Tour inconnue")[0][0] == "Milieu"
    assert faults(table, kind="")[0][0] == "Forme"
    assert faults(table, kind="Collective") == [
        ("Objet", "Dites ce que le groupe fait\u00a0: Projets et groupes, Association de locataires, Autres comités, "
         "Rassemblement, activité ouverte.")
    ]  # fmt: skip
    assert faults(table, activities="") == [("Activités", "Choisissez au moins une activité.")]
    assert "Jardinage" in faults(table, activities="Accueil; Jardinage")[0][1]
    assert faults(table, minutes="longtemps")[0][0] == "Minutes"
    assert faults(table, people="plusieurs")[0][0] == "Personnes"
    assert faults(table, destination="la voisine")[0][0] == "Référence"
    assert faults(table, reason="")[0][0] == "Raison"
    assert faults(table, worker="Personne Inconnue")[0][0] == "Par"
    assert len(faults(table, on="", site="", kind="", minutes="x")) == 4


def test_a_line_that_is_wrong_stays_out_and_comes_back_in_a_file(table: Table) -> None:
    row = made_imports.table(table, ONE, (*GROUP[:2], "=Tour", *GROUP[3:]))
    client = table.client("worker")
    assert imports.confirm(viewer=table.viewer("worker"), import_id=row.pk) == 1
    row.refresh_from_db()
    assert [number for number, _cells in row.rows] == [3]
    file = client.get(path(table, f"{row.pk}/a-corriger.csv")).content.decode("utf-8-sig")
    assert "ni le nom ni l’adresse" in file
    assert ";'=Tour;" in file


def test_a_word_of_another_edition_becomes_that_of_the_day(table: Table) -> None:
    old = (*ONE[:6], "Intervention psychosociale", *ONE[7:])
    (line,) = reading(table, made_imports.table(table, old)).lines
    assert line.remarks == ["«\u00a0Intervention psychosociale\u00a0» devient «\u00a0Soutien ponctuel\u00a0»."]
    (line,) = reading(table, made_imports.table(table, ("2015-03-02", *old[1:]))).lines
    assert (line.remarks, line.entry.edition.code if line.entry else "") == ([], "2007")


def test_a_building_is_found_by_its_address(table: Table) -> None:
    facts = SiteFacts("Tour A", table.municipality, "office", address="1234, rue des Érables")
    site = save_site(viewer=table.viewer("liaison"), facts=facts)
    row = made_imports.table(table, (*ONE[:2], "1234 rue des Erables", *ONE[3:]))
    (line,) = reading(table, row).lines
    assert line.entry is not None
    assert line.entry.site == site
    Site.objects.filter(pk=site.pk).update(closed_on=date(2020, 1, 1))
    (line,) = reading(table, row).lines
    assert [fault.place for fault in line.faults] == ["Milieu"]


def test_a_lead_brings_the_lines_of_their_team_and_a_worker_their_own(table: Table) -> None:
    made.seat(table, "liaison", is_lead=True)
    made.seat(table, "worker")
    name = table.users["worker"].person
    family = f"{name.family_name}, {name.given_name}"
    row = made_imports.table(table, ("2026-02-24", family, *ONE[2:]), who="liaison")
    imports.confirm(viewer=table.viewer("liaison"), import_id=row.pk)
    entry = Entry.objects.get()
    assert entry.worker.membership == table.membership("worker")
    assert Referral.objects.get().author == table.membership("worker")
    lead = str(table.users["liaison"].person)
    row = made_imports.table(table, ("2026-02-24", lead, *ONE[2:]))
    assert [line.state for line in reading(table, row).lines] == [import_lines.WRONG]


def test_old_referrals_have_no_news_and_recent_ones_are_followed(table: Table) -> None:
    recent = (timezone.localdate() - timedelta(days=3)).isoformat()
    row = made_imports.table(table, ("2024-02-05", *ONE[1:]), (recent, *ONE[1:]))
    imports.confirm(viewer=table.viewer("worker"), import_id=row.pk)
    assert list(Referral.objects.order_by("on").values_list("state", flat=True)) == ["no_news", "proposed"]
    assert all(one.moves.count() == 1 for one in Referral.objects.all())


def test_notes_come_only_when_one_says_so(table: Table) -> None:
    row = made_imports.table(table, (*ONE[:-1], "x" * 300))
    columns = dict(row.columns)
    imports.rename(viewer=table.viewer("worker"), import_id=row.pk, columns=columns, with_notes=True)
    row.refresh_from_db()
    (line,) = reading(table, row).lines
    assert line.entry is not None
    assert (line.entry.note, line.remarks) == ("x" * 280, ["La note est coupée à 280 caractères."])


def test_titles_may_be_lower_in_the_sheet_and_be_renamed(table: Table) -> None:
    titles = ("Quand c’était", *made_imports.TITLES[1:])
    content = made_imports.xlsx(ONE, titles=titles, above=2)
    row = made_imports.table(table, content=content)
    found = reading(table, row)
    assert (found.missing, found.lines) == (["Date"], [])
    client = table.client("worker")
    page = client.get(path(table, f"{row.pk}/")).content.decode()
    assert "Dites quelle colonne contient\u00a0: Date." in page
    chosen = {column: str(place) for column, place in row.columns.items()}
    twice = client.post(path(table, f"{row.pk}/"), {**chosen, "on": chosen["site"]})
    assert twice.status_code == 422
    assert "Cette colonne sert déjà à" in twice.content.decode()
    assert client.post(path(table, f"{row.pk}/"), {**chosen, "on": "0"}).status_code == 302
    row.refresh_from_db()
    (line,) = reading(table, row).lines
    assert (line.number, line.state) == (4, import_lines.NEW)


def test_undoing_takes_everything_back_and_counts_again(table: Table) -> None:
    viewer = table.viewer("worker")
    row = made_imports.table(table)
    imports.confirm(viewer=viewer, import_id=row.pk)
    recount(table.space.pk)
    assert imports.undo(viewer=viewer, import_id=row.pk) >= 2
    assert not Entry.objects.exists()
    assert not Referral.objects.exists()
    february = TallyPeriod.objects.get(space=table.space, span="month", start=date(2026, 2, 1))
    assert february.counted != february.touches
    again = made_imports.table(table)
    assert imports.confirm(viewer=viewer, import_id=again.pk) == 2


@pytest.mark.parametrize("change", ["correct", "retire", "follow"])
def test_what_was_changed_since_cannot_be_undone_at_once(table: Table, change: str) -> None:
    from concertoit.field.logbook.services.referrals import move

    viewer = table.viewer("worker")
    row = made_imports.table(table)
    imports.confirm(viewer=viewer, import_id=row.pk)
    entry = Entry.objects.get(kind="individual")
    if change == "correct":
        entries.correct(viewer=viewer, entry_id=entry.pk, facts=made.facts(table, on=entry.on))
    elif change == "retire":
        entries.retire(viewer=viewer, entry_id=entry.pk)
    else:
        move(viewer=viewer, referral_id=Referral.objects.get().pk, to="given_up")
    with pytest.raises(DomainError, match="corrigé depuis"):
        imports.undo(viewer=viewer, import_id=row.pk)
    assert Entry.objects.count() == 2


def test_a_table_is_settled_once_and_read_by_nobody_else(table: Table) -> None:
    row = made_imports.table(table)
    with pytest.raises(NotVisible):
        imports.confirm(viewer=table.viewer("liaison"), import_id=row.pk)
    imports.discard(viewer=table.viewer("worker"), import_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.rows) == (ImportState.DISCARDED, [])
    for act in (imports.confirm, imports.undo, imports.discard):
        with pytest.raises(DomainError):
            act(viewer=table.viewer("worker"), import_id=row.pk)


def test_lines_that_nobody_confirms_are_destroyed(table: Table) -> None:
    row = made_imports.table(table)
    today = timezone.localdate()
    assert privacy.due(today) == []
    late = today + timedelta(days=imports.KEPT_DAYS + 2)
    assert privacy.due(late) == [row.pk]
    privacy.remove([row.pk])
    row.refresh_from_db()
    assert (row.rows, privacy.due(late)) == ([], [])


def test_the_pages_lead_from_the_file_to_its_undo(table: Table) -> None:
    made.site(table)
    made.lists()
    client = table.client("worker")
    list_of = client.get(path(table).replace("tableaux/", "interventions/"))
    assert "Apporter un tableau" in list_of.content.decode()
    sent = {"file": made_imports.upload(made_imports.xlsx(ONE, GROUP), "journal.xlsx")}
    address = client.post(path(table), sent)["Location"]
    page = client.get(address).content.decode()
    assert "Inscrire 2 interventions" in page
    assert "Place Saint-Martin" in page
    done = client.post(f"{address}suite/", follow=True).content.decode()
    assert "2 interventions inscrites." in done
    assert "Défaire" in done
    undone = client.post(f"{address}suite/", {"quoi": "defaire"}, follow=True).content.decode()
    assert "interventions défaites." in undone
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(b"", "a.csv", "vide"), (b"Date;Milieu\n", "a.csv", "pas de ligne"), (b"\x89PNG\r\n", "a.png", "Excel"),
     (b"PK\x03\x04zz", "a.xlsx", "abîmé")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(table: Table, content: bytes, name: str, said: str) -> None:
    answer = table.client("worker").post(path(table), {"file": made_imports.upload(content, name)})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_template_is_recognised_whole(table: Table) -> None:
    made.site(table)
    made.lists()
    content = table.client("worker").get(path(table, "modele.xlsx")).content
    row = imports.read(viewer=table.viewer("worker"), content=content, name="modele.xlsx")
    found = reading(table, row)
    assert (found.unknown, found.missing) == ([], [])
    assert [line.state for line in found.lines] == [import_lines.NEW] * 2


def test_the_number_of_queries_does_not_grow(table: Table) -> None:
    row = made_imports.table(table)
    client = table.client("worker")

    def more() -> None:
        lines = [[number, [f"2026-01-{number:02d}", *ONE[1:]]] for number in range(2, 22)]
        EntryImport.objects.filter(pk=row.pk).update(rows=lines)

    assert_constant_queries(more, lambda: client.get(path(table, f"{row.pk}/")))
    assert Worker.objects.count() == 1
