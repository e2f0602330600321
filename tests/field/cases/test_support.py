"""Accompaniment of households: who reads it, signed notes, the path, letters, referrals, conversations (I5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, CaseState, Competence
from concertoit.field.cases.enums.support import Audience, NoteKind
from concertoit.field.cases.forms.support import LetterForm
from concertoit.field.cases.models import (
    Case,
    IdentityLook,
    Letter,
    Message,
    PathStep,
    ReceivedReferral,
    SupportNote,
    ThreadRead,
)
from concertoit.field.cases.privacy import support as privacy
from concertoit.field.cases.queries import support as queries
from concertoit.field.cases.services import letters as letter_services
from concertoit.field.cases.services import messages, support
from concertoit.field.cases.services.clocks import set_delay
from concertoit.field.cases.services.support import StepFacts
from concertoit.field.cases.views.support_desk import brought, may_prove
from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.models import Term
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.models import Job
from concertoit.ground.notifications.models import Notice
from tests.field.cases import made_intake
from tests.field.cases import made_support as made
from tests.hostile import assert_constant_queries
from tests.personas import Table

SECRET = "Le ménage craint de parler"


def url(table: Table, name: str, case: Case, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"slug": table.space.slug, "reference": case.reference, **more})


def page(table: Table, address: str, key: str = "liaison", status: int = 200) -> str:
    answer = table.client(key).get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ")


class TestConfidentiality:
    def test_building_inspection_never_reads_accompaniment(self, table: Table) -> None:
        case = made.case_of(table)
        made.note_of(table, case, body=SECRET)
        step = made.step_of(table, case, note=SECRET)
        letter = made.letter_of(table, case)
        made.member(table, Competence.INSPECTION)
        for address in (
            url(table, "support", case), url(table, "step_edit", case, step_id=step.pk),
            url(table, "letter", case, letter_id=letter.pk), url(table, "note_new", case),
        ):  # fmt: skip
            assert table.client("worker").get(address).status_code == 403
        shown = page(table, url(table, "case", case), "worker")
        assert "Accompagnement du ménage" not in shown
        assert SECRET not in shown
        assert not may_prove(table.users["worker"], str(step.pk))
        assert brought(table.users["worker"], [table.viewer("worker")]).todos == []
        with pytest.raises(NotAllowed):
            support.write_note(viewer=table.viewer("worker"), case=case, kind="call", on=made.today(), body="Non")

    @pytest.mark.parametrize("competence", [Competence.PSYCHOSOCIAL, Competence.COMMUNITY])
    def test_who_accompanies_reads_it(self, table: Table, competence: str) -> None:
        case = made.case_of(table)
        made.note_of(table, case, body=SECRET)
        made.member(table, competence)
        assert SECRET in page(table, url(table, "support", case), "worker")
        assert "Accompagnement du ménage" in page(table, url(table, "case", case), "worker")

    def test_a_partner_reads_it_once_it_accepted_to_accompany(self, table: Table) -> None:
        case = made.case_of(table)
        made.note_of(table, case, body=SECRET)
        made.asked(table, case, AssignmentState.NEW, Competence.PSYCHOSOCIAL)
        assert table.client("responder").get(url(table, "support", case)).status_code == 403
        made.asked(table, case, AssignmentState.IN_PROGRESS, Competence.PSYCHOSOCIAL)
        assert SECRET in page(table, url(table, "support", case), "responder")

    def test_a_partner_that_inspects_never_does(self, table: Table) -> None:
        case = made.case_of(table)
        made.asked(table, case, AssignmentState.IN_PROGRESS, Competence.INSPECTION)
        assert table.client("responder").get(url(table, "support", case)).status_code == 403

    def test_the_journal_tells_that_not_what(self, table: Table) -> None:
        case = made.case_of(table)
        made.note_of(table, case, body=SECRET)
        made.step_of(table, case, note=SECRET)
        messages.write(viewer=table.viewer("liaison"), case=case, audience="partners", body=SECRET)
        told = " ".join(
            f"{row.object_label} {row.note} {row.before} {row.after}" for row in Entry.objects.order_by("pk")
        )
        assert SECRET not in told
        assert case.reference in told


class TestNotes:
    def test_a_note_is_signed_and_never_changes(self, table: Table) -> None:
        case = made.supporter(table)
        note = made.note_of(table, case)
        assert note.signed_as.endswith("Organisme porteur")
        note.body = "Autre chose"
        with pytest.raises(DomainError):
            note.save()
        fixed = made.note_of(table, case, kind=NoteKind.CORRECTION, body="Deux appels", corrects=note)
        track = queries.track_of(case)
        assert {row.pk for row in track.notes} == {note.pk, fixed.pk}
        assert track.corrected == {note.pk}

    def test_what_a_note_needs(self, table: Table) -> None:
        case, other = made.supporter(table), made.case_of(table, "90, rue du Parcours")
        note = made.note_of(table, other)
        for facts in (
            {"body": "  "}, {"on": made.today() + timedelta(days=1)}, {"card": "inconnue"},
            {"kind": NoteKind.CORRECTION}, {"corrects": note},
        ):  # fmt: skip
            with pytest.raises(DomainError):
                made.note_of(table, case, **facts)
        with pytest.raises(NotVisible):
            made.note_of(table, case, kind=NoteKind.CORRECTION, corrects=note)

    def test_by_hand(self, table: Table) -> None:
        case = made.supporter(table)
        client, address = table.client("worker"), url(table, "note_new", case)
        wrong = client.post(address, {"kind": "call", "on": "2199-01-01", "body": "Un appel"})
        assert wrong.status_code == 422
        assert "Un appel" in wrong.content.decode()
        assert client.post(address, {"kind": "call", "on": str(made.today()), "body": "Un appel"}).status_code == 302
        note = SupportNote.objects.get()
        correct = url(table, "note_correct", case, note_id=note.pk)
        assert client.post(correct, {"body": "Deux appels"}).status_code == 302
        shown = page(table, url(table, "support", case), "worker")
        assert "Corrigée par une note" in shown
        assert "Un appel" in shown
        assert page(
            table, url(table, "note_correct", made.case_of(table, "7, rue Autre"), note_id=note.pk), status=404
        )

    def test_a_right_is_explained_once_it_is_noted(self, table: Table) -> None:
        case = made.supporter(table)
        made.step_of(table, case, kind="tribunal", done_on=None, due_on=made.today())
        client = table.client("worker")
        assert client.post(url(table, "card_explained", case), {"fiche": "deposit"}).status_code == 302
        assert client.post(url(table, "card_explained", case), {"fiche": "rien"}).status_code == 404
        assert "deposit" in queries.track_of(case).explained
        shown = page(table, url(table, "support", case), "worker")
        assert "Expliqué le" in shown
        assert "C.c.Q., art. 1907" in shown
        assert "Texte à relire avant de s’y appuyer" in shown


class TestPath:
    def test_a_registered_letter_waits_with_its_rule(self, table: Table) -> None:
        step = made.step_of(table, made.supporter(table))
        assert step.answer_by is not None
        assert step.answer_by > made.today()
        assert "10 jours ouvrables" in step.answer_rule.replace("\u00a0", " ")
        assert step.asked == ["Faire les travaux"]

    def test_a_demarche_has_its_own_delay_for_the_letter(self, table: Table) -> None:
        """From a day on, with its source; steps written before keep the delay that they were told."""
        case = made.supporter(table)
        before = made.step_of(table, case, done_on=date(2026, 3, 2))
        source = "Table de concertation, 12 mai 2026"
        set_delay(viewer=table.viewer("liaison"), code="path.letter", value=15, since=made.today(), source=source)
        step = made.step_of(table, case, done_on=date(2026, 3, 2))
        assert (before.answer_by, step.answer_by) == (date(2026, 3, 16), date(2026, 3, 23))
        assert step.answer_rule == source
        assert queries.letter_facts(case, "owner", date(2026, 3, 2)).answer_by == date(2026, 3, 23)
        shown = page(table, url(table, "support", case), "liaison").replace("\u00a0", " ")
        assert f"15 jours ouvrables. {source}" in shown
        assert "10 jours ouvrables. Parcours" in shown
        assert "lettre recommandée" in page(
            table, reverse("cases:delays", kwargs={"slug": table.space.slug}), "liaison"
        )

    def test_a_day_of_ones_own_has_no_rule(self, table: Table) -> None:
        step = made.step_of(table, made.supporter(table), answer_by=made.today() + timedelta(days=30))
        assert step.answer_rule == ""

    def test_dates_follow_each_other(self, table: Table) -> None:
        case, day = made.supporter(table), timedelta(days=1)
        for facts in (
            {"done_on": made.today() + day}, {"done_on": None, "result": "refused"},
            {"answer_by": made.today() - 9 * day}, {"result": "refused", "result_on": made.today() - 9 * day},
        ):  # fmt: skip
            with pytest.raises(DomainError):
                made.step_of(table, case, **facts)

    def test_by_hand_until_the_result(self, table: Table) -> None:
        case = made.supporter(table)
        client = table.client("worker")
        assert 'value="letter" selected' in page(table, url(table, "step_new", case) + "?etape=letter", "worker")
        client.post(url(table, "step_new", case), {"kind": "verbal", "due_on": str(made.today())})
        step = PathStep.objects.get()
        edit = url(table, "step_edit", case, step_id=step.pk)
        client.post(edit, {"kind": "verbal", "done_on": str(made.today()), "result": "silent", "note": "Sans réponse"})
        step.refresh_from_db()
        assert (step.result, step.result_on) == ("silent", made.today())
        assert "?etape=letter" in page(table, url(table, "support", case), "worker")
        again = StepFacts(kind="verbal", done_on=made.today(), result="silent", note="Sans réponse")
        before = Entry.objects.count()
        support.save_step(viewer=table.viewer("worker"), case=case, facts=again, step=step)
        assert Entry.objects.count() == before

    def test_another_case_s_step_is_not_found(self, table: Table) -> None:
        step = made.step_of(table, made.supporter(table))
        other = made.case_of(table, "90, rue du Parcours")
        assert page(table, url(table, "step_edit", other, step_id=step.pk), status=404)
        with pytest.raises(NotVisible):
            support.save_step(viewer=table.viewer("liaison"), case=other, facts=StepFacts("verbal"), step=step)

    def test_the_agent_s_table_reminds(self, table: Table) -> None:
        case = made.supporter(table)
        case.follower = table.memberships["worker"]
        case.save()
        made.step_of(table, case, answer_by=made.today() - timedelta(days=1))
        made.received_of(table, case)
        messages.write(viewer=table.viewer("liaison"), case=case, audience="partners", body="Bonjour")
        found = brought(table.users["worker"], [table.viewer("worker")])
        assert len(found.todos) == 3
        assert all(case.reference in todo.title for todo in found.todos)
        assert brought(table.users["partner"], [table.viewer("partner")]).todos == []
        Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED)
        assert len(brought(table.users["worker"], [table.viewer("worker")]).todos) == 1


class TestReferrals:
    def test_who_sent_the_household_hears_back(self, table: Table) -> None:
        case = made.supporter(table)
        client = table.client("worker")
        address = url(table, "received_new", case)
        assert client.post(address, {"on": str(made.today()), "reason": "Toux"}).status_code == 422
        client.post(address, {"on": str(made.today()), "reason": "Toux", "from_whom": "une école"})
        row = ReceivedReferral.objects.get()
        assert row.sender == "une école"
        assert queries.answer_back_by(row) > made.today()
        with pytest.raises(DomainError):
            support.receive(viewer=table.viewer("liaison"), case=case, on=made.today(), reason=" ", from_whom="x")
        for _twice in range(2):
            client.post(url(table, "received_answer", case, row_id=row.pk))
        row.refresh_from_db()
        assert row.answered_on == made.today()
        assert Entry.objects.filter(verb="cases.referral_answered").count() == 1

    def test_a_referral_made_carries_the_number_of_the_case(self, table: Table) -> None:
        case = made.supporter(table)
        reason = Term.objects.get(edition__code="2022", kind=TermKind.REASON, code="food")
        data = {"resource": "Entraide", "destination": "community", "main_reason": reason.pk}
        answer = table.client("worker").post(url(table, "refer_new", case), data)
        assert answer.status_code == 302, answer.content.decode()
        row = queries.referrals_of(case).get()
        assert row.origin_label == case.reference
        assert "Entraide" in page(table, url(table, "support", case), "worker")


class TestLetters:
    def test_one_letter_to_the_owner_and_no_more(self, table: Table) -> None:
        case = made.supporter(table)
        first = made.letter_of(table, case)
        with pytest.raises(DomainError, match="déjà une lettre"):
            made.letter_of(table, case)
        made.letter_of(table, case, "inspection")
        assert "a sa lettre" in page(table, url(table, "support", case), "worker")
        assert "Une seule lettre" in page(table, url(table, "letter_new", case, kind="owner"), "worker")
        letter_services.void(viewer=table.viewer("liaison"), letter=first, reason="returned", note="Ancienne adresse")
        assert made.letter_of(table, case).pk != first.pk
        with pytest.raises(DomainError):
            letter_services.void(viewer=table.viewer("liaison"), letter=first, reason="wrong")

    def test_a_case_opened_again_is_another_stage(self, table: Table) -> None:
        case = made.supporter(table)
        made.letter_of(table, case)
        case.reopened_count = 1
        case.save()
        assert made.letter_of(table, case).stage == 1

    def test_read_corrected_then_frozen(self, table: Table) -> None:
        case = made.supporter(table)
        made.step_of(table, case)
        client, address = table.client("worker"), url(table, "letter_new", case, kind="owner")
        shown = page(table, address, "worker")
        assert "des moisissures ou de l’humidité" in shown
        assert "mould or damp" in shown
        assert "rue du Parcours" in shown
        proposed = LetterForm.proposed(queries.letter_facts(case, "owner", made.today()))
        values = {**proposed, "body_fr": "Un texte corrigé.\n\n[[…]]"}
        seen = client.post(address, {**values, "quoi": "apercu"}).content.decode()
        assert "Un texte corrigé." in seen
        assert not Letter.objects.exists()
        assert client.post(address, {**values, "body_fr": "", "quoi": "produire"}).status_code == 422
        assert client.post(address, {**values, "quoi": "produire"}).status_code == 302
        letter = Letter.objects.get()
        assert letter.content["fr"]["body"].startswith("Un texte corrigé.")
        assert letter_services.is_intact(letter)
        assert letter.sha256 in page(table, url(table, "letter", case, letter_id=letter.pk), "worker")
        letter.content = {**letter.content, "dated": "2020-01-01"}
        letter.save()
        assert "ne correspond plus à son empreinte" in page(table, url(table, "letter", case, letter_id=letter.pk))

    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize(("extension", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
    def test_files_name_the_case_and_nobody(self, table: Table, language: str, extension: str, start: bytes) -> None:
        case = made.case_of(table, named=True)
        letter = made.letter_of(table, case)
        address = url(table, "letter_file", case, letter_id=letter.pk, language=language, extension=extension)
        answer = table.client("liaison").get(address)
        assert answer.content.startswith(start)
        assert f"{case.reference}-owner-{language}.{extension}" in answer["Content-Disposition"]
        assert not IdentityLook.objects.exists()
        again = table.client("liaison").post(address)
        assert again.content.startswith(start)
        assert "nv" not in again["Content-Disposition"]
        assert IdentityLook.objects.get().user == table.users["liaison"]

    def test_unknown_files_and_letters(self, table: Table) -> None:
        case = made.supporter(table)
        letter = made.letter_of(table, case)
        more: dict[str, Any] = {"letter_id": letter.pk, "language": "es", "extension": "pdf"}
        assert table.client("worker").get(url(table, "letter_file", case, **more)).status_code == 404
        assert table.client("worker").get(url(table, "letter_new", case, kind="voisin")).status_code == 404
        more |= {"language": "fr"}
        assert table.client("worker").post(url(table, "letter_file", case, **more)).status_code == 422

    def test_the_name_is_nowhere_in_what_is_kept(self, table: Table) -> None:
        letter = made.letter_of(table, made.case_of(table, named=True))
        assert "Invraisemblable" not in str(letter.content)

    def test_voided_by_hand(self, table: Table) -> None:
        case = made.supporter(table)
        letter = made.letter_of(table, case)
        table.client("worker").post(url(table, "letter_void", case, letter_id=letter.pk), {"reason": "wrong"})
        assert "Contient une erreur" in page(table, url(table, "support", case), "worker")


class TestMessages:
    def test_before_accepting_a_partner_reads_nothing(self, table: Table) -> None:
        case = made.case_of(table)
        made.asked(table, case, AssignmentState.NEW)
        messages.write(viewer=table.viewer("liaison"), case=case, audience="partners", body=SECRET)
        assert table.client("responder").get(url(table, "messages", case, audience="partners")).status_code == 403
        assert SECRET not in page(table, url(table, "case", case), "responder")
        assert not Notice.objects.filter(user=table.users["responder"], kind="cases.message").exists()
        made.asked(table, case, AssignmentState.IN_PROGRESS)
        assert SECRET in page(table, url(table, "messages", case, audience="partners"), "responder")
        assert table.client("responder").get(url(table, "messages", case, audience="tenant")).status_code == 403

    def test_signed_by_the_organisation_and_never_edited(self, table: Table) -> None:
        case = made.case_of(table)
        made.asked(table, case, AssignmentState.IN_PROGRESS)
        answer = table.client("responder").post(
            url(table, "messages", case, audience="partners"), {"body": "Visite jeudi"}
        )
        assert answer.status_code == 302
        row = Message.objects.get()
        assert row.signed_as == "Ville d’essai"
        row.body = "Visite vendredi"
        with pytest.raises(DomainError):
            row.save()

    @pytest.mark.parametrize("body", ["   ", "x" * 4001])
    def test_an_empty_or_endless_message_is_refused(self, table: Table, body: str) -> None:
        with pytest.raises(DomainError):
            messages.write(viewer=table.viewer("liaison"), case=made.case_of(table), audience="partners", body=body)
        assert (
            table.client("liaison")
            .post(url(table, "messages", made.case_of(table), audience="partners"), {"body": body})
            .status_code
            == 422
        )

    def test_the_notice_says_neither_who_nor_what(self, table: Table) -> None:
        case = made.case_of(table, named=True)
        made.asked(table, case, AssignmentState.IN_PROGRESS)
        messages.write(viewer=table.viewer("liaison"), case=case, audience="partners", body=SECRET)
        notice = Notice.objects.get(user=table.users["responder"], kind="cases.message")
        told = f"{notice.subject} {notice.body}"
        assert case.reference in notice.subject
        assert SECRET not in told
        assert "Invraisemblable" not in told

    def test_unread_until_read(self, table: Table) -> None:
        case = made.case_of(table)
        made.asked(table, case, AssignmentState.IN_PROGRESS)
        messages.write(viewer=table.viewer("liaison"), case=case, audience="partners", body="Bonjour")
        responder = table.viewer("responder")
        assert queries.thread_of(case, "partners", responder).unread == 1
        assert "1 à lire" in page(table, url(table, "case", case), "responder")
        table.client("responder").post(url(table, "messages_read", case, audience="partners"))
        thread = queries.thread_of(case, "partners", responder)
        assert thread.unread == 0
        assert {one.signed_as for one in thread.readers} == {"Organisme porteur", "Ville d’essai"}
        assert queries.thread_of(case, "partners", table.viewer("liaison")).unread == 0
        assert table.client("liaison").get(url(table, "messages", case, audience="tout")).status_code == 404

    def test_an_inspector_does_not_read_the_household_s_conversation(self, table: Table) -> None:
        case = made.case_of(table)
        made.member(table, Competence.INSPECTION)
        assert table.client("worker").get(url(table, "messages", case, audience="tenant")).status_code == 403
        case.follower = table.memberships["worker"]
        case.save()
        assert table.client("worker").get(url(table, "messages", case, audience="tenant")).status_code == 200


class TestTenant:
    def test_the_household_reads_and_answers_behind_its_code(self, table: Table, client: Any) -> None:
        case = made_intake.case(table)
        report = case.reports.get()
        messages.write(viewer=table.viewer("liaison"), case=case, audience="tenant", body="Une visite jeudi?")
        messages.write(viewer=table.viewer("liaison"), case=case, audience="partners", body=SECRET)
        address = reverse("cases:tenant_messages", kwargs={"code": made_intake.code(report)})
        shown = client.get(address).content.decode()
        assert "Une visite jeudi?" in shown
        assert SECRET not in shown
        assert client.post(address, {"body": "  "}).status_code == 422
        assert client.post(address, {"quoi": "lu"}).status_code == 302
        assert ThreadRead.objects.filter(user=None, audience=Audience.TENANT).exists()
        assert client.post(address, {"body": "Oui, après 17 h"}).status_code == 302
        row = Message.objects.get(from_tenant=True)
        assert row.signed_as == "Le ménage"
        assert Notice.objects.filter(user=table.users["liaison"], kind="cases.message").exists()
        assert queries.thread_of(case, "tenant", None).unread == 0
        follow = client.get(reverse("cases:my_case", kwargs={"code": made_intake.code(report)})).content.decode()
        assert "Lire et écrire à l’équipe" in follow
        assert "C.c.Q." in follow

    def test_a_neighbour_joined_to_the_case_reads_nothing_of_it(self, table: Table, client: Any) -> None:
        case = made_intake.case(table)
        neighbour = made_intake.report(table, unit="6", named=False)
        neighbour.case = case
        neighbour.save()
        address = reverse("cases:tenant_messages", kwargs={"code": made_intake.code(neighbour)})
        assert client.get(address).status_code == 404
        case.household = None
        case.save()
        assert queries.household_case(case.reports.order_by("received_at", "pk").first()) == case
        neighbour.refresh_from_db()
        assert queries.household_case(neighbour) is None
        assert queries.household_case(made_intake.report(table, unit="7", named=False)) is None

    def test_the_e_mail_to_the_household_carries_nothing(self, table: Table) -> None:
        case = made_intake.case(table)
        messages.write(viewer=table.viewer("liaison"), case=case, audience="tenant", body=SECRET)
        job = Job.objects.filter(name="notifications.mail").get()
        assert job.payload["to"] == "zenobie@exemple.test"
        told = f"{job.payload['subject']} {job.payload['body']}"
        assert SECRET not in told
        assert "Zénobie" not in told
        assert job.payload["url"] == ""
        assert not mail.outbox


def test_pages_cost_the_same_with_more(table: Table) -> None:
    case = made.supporter(table)
    made.note_of(table, case)
    step = made.step_of(table, case)
    made.letter_of(table, case, "tenant")
    made.received_of(table, case)
    messages.write(viewer=table.viewer("liaison"), case=case, audience="partners", body="Bonjour")

    def more() -> None:
        made.note_of(table, case)
        made.step_of(table, case, kind="inspection")
        made.letter_of(table, case, "inspection")
        made.received_of(table, case)
        messages.write(viewer=table.viewer("liaison"), case=case, audience="partners", body="Encore")

    client = table.client("worker")
    assert_constant_queries(more, lambda: client.get(url(table, "support", case)))
    assert_constant_queries(more, lambda: client.get(url(table, "messages", case, audience="partners")))
    assert step.pk


def test_what_was_written_goes_when_its_time_is_over(table: Table) -> None:
    case, kept = made.supporter(table), made.case_of(table, "90, rue du Parcours")
    for row in (case, kept):
        made.note_of(table, row)
        messages.write(viewer=table.viewer("liaison"), case=row, audience="partners", body="Bonjour")
    closed = timezone.now() - timedelta(days=30 * (privacy.MONTHS + 2))
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_at=closed)
    assert privacy.due(made.today()) == [case.pk]
    for _twice in range(2):
        privacy.remove([case.pk])
    assert privacy.due(made.today()) == []
    assert SupportNote.objects.get().case_id == kept.pk
    assert Message.objects.get().case_id == kept.pk
