"""Adopting the table's draft part by part, its minor corrections, deposit and receipt (seed 000; facts, section 4)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.files.models import Attachment
from concertoit.together.decisions.models import Adoption, ConsentObjection, DepositReceipt, MinorCorrection
from concertoit.together.decisions.queries.adoption import Progress
from concertoit.together.decisions.rules.adoption_record import is_unchanged, read_record
from concertoit.together.decisions.rules.consent import ObjectionState, RoundState, Voice
from concertoit.together.decisions.services import adoption as services
from concertoit.together.decisions.services import consent_objections as objections
from concertoit.together.decisions.services import consent_rounds as rounds
from concertoit.together.decisions.services import deposits
from concertoit.together.decisions.services.adoption import Minor
from concertoit.together.decisions.services.adoption_corrections import correct
from concertoit.together.decisions.services.consent_objections import Amendment
from concertoit.together.decisions.services.consent_sessions import SessionFacts
from concertoit.together.decisions.services.deposits import Receipt
from concertoit.together.plans.models import PlanNode, PlanVersion
from concertoit.together.plans.rules.document import Actor, ActorRole, NodeKind
from concertoit.together.plans.services.content import NodeContent, add_node, change_node, content_of
from concertoit.together.plans.services.filing import is_unchanged as version_unchanged
from concertoit.together.plans.services.versions import abandon_draft, open_draft
from tests.personas import Table
from tests.together.decisions import consented
from tests.together.decisions.consented import adopt_part, adopted_of, adoption_of, move, part_rounds, say
from tests.together.plans.exchanged import cycle_step_of

DAY = date(2026, 2, 24)


def standing(table: Table) -> Progress:
    adoption = Adoption.objects.select_related("session", "plan", "version__plan", "version__space").get()
    return services.standing(table.viewer("coordinator"), adoption)


def rewrite(table: Table, version: PlanVersion, kind: str = "action", **changes: Any) -> None:
    """Change a node of a draft."""
    node = (
        PlanNode.objects.select_related("version__plan", "space")
        .filter(version=version, kind=kind)
        .order_by("order")[0]
    )
    content = content_of(node)
    for name, value in changes.items():
        setattr(content, name, value)
    change_node(viewer=table.viewer("coordinator"), node=node, content=content)


def minor(table: Table, note: str = "Le mot juste, entendu en plénière.") -> Minor:
    return Minor(table.coco, date(2026, 2, 26), note)


def adopt_rest(table: Table) -> None:
    """Adopt what remains of the adoption, in its order."""
    for line in standing(table).lines:
        if not line.settled:
            adopt_part(table, line.view.round)


class TestProposing:
    def test_one_proposal_per_part(self, table: Table) -> None:
        adoption = adoption_of(table)
        assert part_rounds(adoption)[0].subject == "axis"
        assert part_rounds(adoption)[0].title.startswith("Axe ")
        assert standing(table).next is not None
        with pytest.raises(DomainError, match="déjà en cours"):
            services.propose_adoption(
                viewer=table.viewer("coordinator"), plan=table.plan, facts=SessionFacts("Encore")
            )
        with pytest.raises(NotAllowed):
            services.propose_adoption(viewer=table.viewer("coco"), plan=table.plan, facts=SessionFacts("Encore"))

    def test_without_a_draft_there_is_nothing_to_adopt(self, table: Table) -> None:
        abandon_draft(viewer=table.viewer("coordinator"), version=table.draft)
        with pytest.raises(DomainError, match="ébauche"):
            services.propose_adoption(
                viewer=table.viewer("coordinator"), plan=table.plan, facts=SessionFacts("Adoption")
            )

    def test_the_turn_keeps_what_people_had_before_them(self, table: Table) -> None:
        row = move(table, part_rounds(adoption_of(table))[0], RoundState.QUESTIONS)
        turn = row.turns.get()
        assert turn.sha256
        assert table.drafted("action").title in turn.content
        rewrite(table, table.draft, title="Tout autre chose")
        turn.refresh_from_db()
        assert "Tout autre chose" not in turn.content

    def test_an_abandoned_draft_is_told_and_keeps_what_was_said(self, table: Table) -> None:
        adoption = adoption_of(table)
        adopt_part(table, part_rounds(adoption)[0])
        abandon_draft(viewer=table.viewer("coordinator"), version=table.draft)
        with pytest.raises(DomainError, match="abandonnée"):
            services.adopt(viewer=table.viewer("coordinator"), adoption_id=adoption.pk, adopted_on=DAY)
        services.abandon(viewer=table.viewer("coordinator"), adoption_id=adoption.pk)
        adoption.refresh_from_db()
        assert adoption.abandoned_at
        assert part_rounds(adoption)[0].state == RoundState.ADOPTED
        assert (
            table.client("coco")
            .get(f"/demarches/{table.space.slug}/decider/consentements/{adoption.session_id}/")
            .status_code
            == 200
        )


class TestPartByPart:
    def test_axes_first_then_the_budget_then_the_fiscal_agent(self, table: Table) -> None:
        rows = part_rounds(adoption_of(table))
        assert [row.subject for row in rows] == ["axis", "budget", "fiscal_agent"]
        with pytest.raises(DomainError, match="Les axes d’abord"):
            move(table, rows[1], RoundState.VOICES)
        adopt_part(table, rows[0])
        adopt_part(table, rows[1])
        assert standing(table).done == 2
        adopt_part(table, rows[2])
        assert standing(table).complete

    def test_without_a_fiscal_agent_in_the_plan_it_is_written_in_words(self, table: Table) -> None:
        rewrite(table, table.draft, actors=[Actor(ActorRole.LEAD, "Organisme X")])
        rows = part_rounds(adoption_of(table))
        adopt_part(table, rows[0])
        adopt_part(table, rows[1])
        with pytest.raises(DomainError, match="Écrivez d’abord"):
            move(table, rows[2], RoundState.VOICES)
        rounds.rewrite(viewer=table.viewer("coordinator"), round_id=rows[2].pk, title="", text="Organisme porteur")
        adopt_part(table, rows[2])
        assert standing(table).complete

    def test_an_objection_is_integrated_in_the_draft_itself(self, table: Table) -> None:
        row = move(table, part_rounds(adoption_of(table))[0], RoundState.VOICES)
        say(table, row, Voice.OBJECTION, reason="On oublie les locataires.", item_id=table.action.pk)
        move(table, row, RoundState.INTEGRATION)
        objection = ConsentObjection.objects.get()
        turn = objections.integrate(
            viewer=table.viewer("coordinator"), round_id=row.pk, objection_ids=[objection.pk],
            amendment=Amendment("Les locataires y sont.", wording="Agir avec les locataires", wording_of=table.action.pk),
        )  # fmt: skip
        assert table.drafted("action").title == "Agir avec les locataires"
        objection.refresh_from_db()
        assert (objection.resolved_turn, objection.resolved_version) == (turn, table.draft)
        page = table.client("partner").get(
            f"/demarches/{table.space.slug}/decider/consentements/propositions/{row.pk}/"
        )
        assert "<ins>" in page.content.decode()
        assert "Les locataires y sont." in page.content.decode()


class TestTouched:
    def test_a_change_in_an_adopted_part_is_seen(self, table: Table) -> None:
        row = part_rounds(adoption_of(table))[0]
        adopt_part(table, row)
        assert not standing(table).touched
        rewrite(table, table.draft, title="Agir tout de suite")
        assert [line.view.round for line in standing(table).touched] == [row]
        with pytest.raises(DomainError, match="Il reste à adopter"):
            services.adopt(viewer=table.viewer("coordinator"), adoption_id=Adoption.objects.get().pk, adopted_on=DAY)
        adopt_part(table, row)  # consented again, in a second round
        adopt_rest(table)
        assert standing(table).complete
        assert row.turns.count() == 2

    def test_wording_may_be_noted_as_minor(self, table: Table) -> None:
        row = consented.touched_part(table)
        with pytest.raises(DomainError, match="entendu"):
            services.note_minor(viewer=table.viewer("coordinator"), round_id=row.pk, minor=minor(table, " "))
        noted = services.note_minor(viewer=table.viewer("coordinator"), round_id=row.pk, minor=minor(table))
        assert noted.before_sha256 != noted.after_sha256
        assert not standing(table).touched
        with pytest.raises(DomainError, match="n’a pas changé"):
            services.note_minor(viewer=table.viewer("coordinator"), round_id=row.pk, minor=minor(table))

    def test_more_than_wording_is_refused(self, table: Table) -> None:
        row = consented.touched_part(table)
        node = table.drafted("action")
        content = content_of(node)
        content.actors = [*content.actors, Actor(ActorRole.PARTNER, "Organisme Z")]
        change_node(viewer=table.viewer("coordinator"), node=node, content=content)
        with pytest.raises(DomainError, match="organisme"):
            services.note_minor(viewer=table.viewer("coordinator"), round_id=row.pk, minor=minor(table))

    def test_a_new_axis_is_a_new_part(self, table: Table) -> None:
        adoption = adoption_of(table)
        axis = add_node(
            viewer=table.viewer("coordinator"),
            version=table.draft,
            kind=NodeKind.AXIS,
            parent=None,
            content=NodeContent("Veiller"),
        )
        assert [part.uid for part in standing(table).new] == [str(axis.item.uid)]
        assert services.add_new_parts(viewer=table.viewer("coordinator"), adoption_id=adoption.pk) == 1
        assert not standing(table).new


class TestInForce:
    def test_the_version_is_frozen_with_its_acts(self, table: Table) -> None:
        adoption = adopted_of(table)
        table.draft.refresh_from_db()
        assert (table.draft.state, table.draft.adopted_on) == ("current", DAY)
        acts = read_record(adoption.record)
        assert acts["version"]["sha256"] == table.draft.sha256
        assert acts["parts"][0]["result"] == "Adoptée par consentement"
        assert {one["seat"]: one["voice"] for one in acts["parts"][0]["voices"]}["Organisme Y"] == "", (
            "silence as silence"
        )
        assert is_unchanged(adoption.record, adoption.sha256)
        assert version_unchanged(table.draft)

    def test_acts_are_a_page_and_files(self, table: Table) -> None:
        adoption = adopted_of(table)
        base = f"/demarches/{table.space.slug}/decider/adoptions/{adoption.pk}/actes"
        client = table.client("observer")
        assert adoption.sha256 in client.get(f"{base}/").content.decode()
        assert json.loads(client.get(f"{base}.json").content)["plan"] == table.plan.title
        assert client.get(f"{base}.docx").content[:2] == b"PK"
        assert client.get(f"{base}.pdf").content[:4] == b"%PDF"
        assert client.get(f"{base}.exe").status_code == 404
        page = client.get(f"/demarches/{table.space.slug}/plan/versions/{adoption.version_number}/")
        assert f"{base}/" in page.content.decode()

    def test_nothing_moves_in_it_afterwards(self, table: Table) -> None:
        adoption = adopted_of(table)
        with pytest.raises(DomainError, match="figés"):
            services.abandon(viewer=table.viewer("coordinator"), adoption_id=adoption.pk)
        with pytest.raises(DomainError, match="close"):
            move(table, part_rounds(adoption)[0], RoundState.QUESTIONS)

    def test_tampering_shows(self, table: Table) -> None:
        adoption = adopted_of(table)
        Adoption.objects.filter(pk=adoption.pk).update(record=adoption.record.replace("Adoptée", "Rejetée"))
        page = table.client("coco").get(f"/demarches/{table.space.slug}/decider/adoptions/{adoption.pk}/actes/")
        assert "L’empreinte ne correspond pas" in page.content.decode()

    def test_an_objection_not_retained_is_in_the_acts(self, table: Table) -> None:
        row = move(table, part_rounds(adoption_of(table))[0], RoundState.VOICES)
        say(table, row, Voice.OBJECTION, reason="Trop ambitieux.")
        say(table, row, persona="contributor", key="y")
        objections.treat(
            viewer=table.viewer("coordinator"), objection_id=ConsentObjection.objects.get().pk,
            state=ObjectionState.NOT_RETAINED, words="L’ambition est voulue.",
        )  # fmt: skip
        rounds.conclude(viewer=table.viewer("coordinator"), round_id=row.pk, adopted=True)
        adopt_rest(table)
        adoption = services.adopt(
            viewer=table.viewer("coordinator"), adoption_id=Adoption.objects.get().pk, adopted_on=DAY
        )
        objection = read_record(adoption.record)["parts"][0]["objections"][0]
        assert (objection["seat"], objection["why"]) == ("Organisme X", "L’ambition est voulue.")


class TestCorrections:
    """« Fin février : corrections mineures tel qu’entendu » : a difference after adoption, decided by the coco."""

    def draft(self, table: Table) -> PlanVersion:
        adopted_of(table)
        return open_draft(viewer=table.viewer("coordinator"), plan=table.plan)

    def test_a_new_version_in_force_and_the_frozen_one_untouched(self, table: Table) -> None:
        draft = self.draft(table)
        frozen = PlanVersion.objects.get(pk=table.draft.pk)
        rewrite(table, draft, title="Agir ensemble, autrement dit")
        row = correct(viewer=table.viewer("coordinator"), plan=table.plan, minor=minor(table))
        draft.refresh_from_db()
        assert (row.from_version, row.to_version, draft.state) == (frozen, draft, "current")
        assert PlanVersion.objects.get(pk=frozen.pk).sha256 == frozen.sha256
        assert PlanVersion.objects.get(pk=frozen.pk).snapshot == frozen.snapshot

    def test_amounts_organisations_and_periods_are_refused(self, table: Table) -> None:
        draft = self.draft(table)
        rewrite(table, draft, budget=None, lines=[("2026-2027", Decimal(900), "", "")])
        with pytest.raises(DomainError, match="montant"):
            correct(viewer=table.viewer("coordinator"), plan=table.plan, minor=minor(table))
        assert not MinorCorrection.objects.exists()
        page = table.client("coordinator").get(f"/demarches/{table.space.slug}/decider/adoptions/corrections/")
        assert "Ce n’est pas une correction mineure" in page.content.decode()

    def test_a_body_decides_something(self, table: Table) -> None:
        draft = self.draft(table)
        coordinator = table.viewer("coordinator")
        with pytest.raises(DomainError, match="Rien n’a changé"):
            correct(viewer=coordinator, plan=table.plan, minor=minor(table))
        rewrite(table, draft, title="Agir ensemble, dit autrement")
        with pytest.raises(DomainError, match="instance"):
            correct(viewer=coordinator, plan=table.plan, minor=Minor(None, DAY, "Entendu."))
        with pytest.raises(NotAllowed):
            correct(viewer=table.viewer("coco"), plan=table.plan, minor=minor(table))


class TestDeposit:
    def test_the_version_in_force_is_deposited_and_its_receipt_kept(self, table: Table, media: object) -> None:
        adopted_of(table)
        client, base = table.client("coordinator"), f"/demarches/{table.space.slug}/decider/depots"
        assert client.post(f"{base}/nouveau/", {"recipient": "", "filed_on": "2026-02-27"}).status_code == 422
        assert (
            client.post(f"{base}/nouveau/", {"recipient": "Table d’essai", "filed_on": "2026-02-27"}).status_code
            == 302
        )
        receipt = SimpleUploadedFile("accuse.txt", "Reçu.".encode())
        filing_page = f"{base}/{consented.filing_of(table).pk}/accuse/"
        answer = client.post(filing_page, {"received_on": "2026-03-02", "reference": "TE-1", "file": receipt})
        assert answer.status_code == 302
        row = DepositReceipt.objects.get()
        assert (row.reference, row.filing.version_id) == ("TE-1", table.draft.pk)
        assert Attachment.objects.get(object_type="decisions.depositreceipt").name == "accuse.txt"
        page = table.client("observer").get(f"{base}/").content.decode()
        assert "TE-1" in page
        assert "accuse.txt" in page

    def test_a_receipt_does_not_come_before_its_deposit(self, table: Table) -> None:
        filing = consented.filing_of(table)
        with pytest.raises(DomainError, match="précéder"):
            deposits.write_receipt(
                viewer=table.viewer("coordinator"), filing_id=filing.pk, receipt=Receipt(date(2026, 1, 1))
            )
        with pytest.raises(DomainError, match="futur"):
            deposits.write_receipt(
                viewer=table.viewer("coordinator"), filing_id=filing.pk, receipt=Receipt(date(2999, 1, 1))
            )


class TestCycle:
    def test_a_step_takes_the_state_of_what_carries_it_out(self, table: Table) -> None:
        step = cycle_step_of(table)
        type(step).objects.filter(pk=step.pk).update(done_on=None)
        adoption = adoption_of(table)
        page, link = (
            f"/demarches/{table.space.slug}/cycle/",
            f"/demarches/{table.space.slug}/decider/adoptions/etapes/{step.pk}/",
        )
        client = table.client("coordinator")
        assert client.post(link, {"processes": ["consent:999999"]}).status_code == 422
        assert client.post(link, {"processes": [f"consent:{adoption.session_id}"]}).status_code == 302
        assert "Adoption du plan" in table.client("observer").get(page).content.decode()
        adopted_of(table)
        assert "faite le 2026-02-24" in client.get(page).content.decode()
