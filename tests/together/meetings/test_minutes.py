"""Minutes in versions: written from the notes, frozen, sent once, approved at the next meeting, exported (L10)."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pdfplumber
import pytest
from django.core import mail
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.jobs.worker import work
from concertoit.together.meetings.models import Meeting, MinutesVersion
from concertoit.together.meetings.rules.minutes import canonical, differing, digest, texts, with_texts
from concertoit.together.meetings.services import agenda, minutes
from concertoit.together.meetings.services.meetings import open_meeting
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.meetings import made

CONTENT: dict[str, Any] = {
    "record": "Début", "other": [{"id": 9, "text": "Autre"}],
    "points": [{"id": 1, "record": "A", "outcomes": [], "lines": [
        {"id": 2, "record": "B", "outcomes": [{"id": 3, "text": "Décision"}]}]}],
}  # fmt: skip


class TestRules:
    def test_texts_are_found_and_put_back(self) -> None:
        assert texts(CONTENT) == {
            "record": "Début", "point-1": "A", "point-2": "B", "outcome-3": "Décision", "outcome-9": "Autre",
        }  # fmt: skip
        changed = with_texts(CONTENT, {"point-2": "C", "unknown": "x"})
        assert texts(changed) == {**texts(CONTENT), "point-2": "C"}
        assert texts(CONTENT)["point-2"] == "B"

    @given(st.dictionaries(st.sampled_from(sorted(texts(CONTENT))), st.text(min_size=1)))
    def test_what_differs_is_what_was_changed(self, wanted: dict[str, str]) -> None:
        before, after = texts(CONTENT), texts(with_texts(CONTENT, wanted))
        assert {key for key, _was, _now in differing(before, after)} == {
            k for k, v in wanted.items() if before[k] != v
        }

    def test_the_same_content_gives_the_same_sha256(self) -> None:
        turned = dict(reversed(CONTENT.items()))
        assert digest(canonical(CONTENT)) == digest(canonical(turned))


def url(table: Table, name: str, version: MinutesVersion, **kwargs: Any) -> str:
    values = {"slug": table.space.slug, "meeting_id": version.meeting_id, "number": version.number, **kwargs}
    return reverse(f"meetings:{name}", kwargs=values)


def following_of(table: Table) -> Meeting:
    """The next meeting of the same table, with its agenda."""
    meeting = made.extra_of(table, starts_at=made.soon(30), title="La suivante")
    return agenda.build(viewer=table.viewer("coordinator"), meeting_id=meeting.pk)


@pytest.mark.django_db
class TestLife:
    def test_they_are_written_from_what_was_noted(self, table: Table) -> None:
        version = made.minutes_draft(table)
        content = json.loads(version.snapshot)
        assert version.sha256 == digest(version.snapshot)
        assert content["points"][0]["record"] == "On regarde les montants."
        assert content["points"][0]["outcomes"][0]["text"] == "Le budget est proposé"
        assert any(one["presence"] == "excused" for one in content["people"])

    def test_not_while_the_meeting_is_held(self, table: Table) -> None:
        with pytest.raises(DomainError):
            minutes.write(viewer=table.viewer("coordinator"), meeting_id=made.opened(table).pk)

    def test_a_draft_is_for_who_holds_the_meeting(self, table: Table) -> None:
        version = made.minutes_draft(table)
        assert table.client("partner").get(url(table, "minutes", version)).status_code == 404
        assert table.client("observer").get(url(table, "minutes", version)).status_code == 403

    def test_they_go_to_the_absent_once_then_to_all(self, table: Table) -> None:
        version = made.minutes_sent(table)
        work(once=True)
        letters = [one for one in mail.outbox if "Compte rendu" in one.subject]
        assert sorted(one.to[0] for one in letters) == ["contributor@exemple.test", "partner@exemple.test"]
        assert "Le budget est proposé" in letters[0].body
        coordinator = table.viewer("coordinator")
        again = minutes.send(viewer=coordinator, meeting_id=version.meeting_id, number=1)[1]
        everybody = minutes.send(viewer=coordinator, meeting_id=version.meeting_id, number=1, to="all")[1]
        assert (again, everybody) == (0, 3)

    def test_the_personal_link_opens_without_an_account(self, table: Table) -> None:
        made.minutes_sent(table)
        work(once=True)
        letter = next(one for one in mail.outbox if "Compte rendu" in one.subject)
        found = re.search(r"/rencontre/\w+/compte-rendu/1/", str(letter.body))
        assert found is not None
        answer = table.client("visitor").get(found.group())
        assert "On regarde les montants." in answer.content.decode()
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert table.client("visitor").get(found.group().replace("/1/", "/2/")).status_code == 404

    def test_presences_not_noted_are_not_taken_for_absences(self, table: Table) -> None:
        version = made.minutes_draft(table)
        version.meeting.people.update(presence="unknown")
        with pytest.raises(DomainError):
            minutes.send(viewer=table.viewer("coordinator"), meeting_id=version.meeting_id, number=1)

    def test_adoption_goes_on_the_next_agenda_by_itself(self, table: Table) -> None:
        following = following_of(table)
        version = made.minutes_sent(table)
        key = f"minutes:{version.meeting_id}"
        assert "Adoption du compte rendu" in following.items.get(key=key).title
        agenda.build(viewer=table.viewer("coordinator"), meeting_id=following.pk)
        assert following.items.filter(key=key).count() == 1

    def test_a_correction_is_another_version_with_its_difference(self, table: Table) -> None:
        version = made.minutes_corrected(table)
        first = MinutesVersion.objects.get(meeting=version.meeting_id, number=1)
        assert (first.state, version.state, version.number) == ("replaced", "sent", 2)
        page = table.client("partner").get(url(table, "minutes_compare", version)).content.decode()
        assert "<ins>" in page
        assert "Une précision." in re.sub(r"<[^>]+>", "", page)
        with pytest.raises(DomainError):
            minutes.edit(
                viewer=table.viewer("coordinator"), meeting_id=version.meeting_id, number=2, texts={"record": "Non"}
            )

    def test_they_are_approved_at_a_later_meeting_and_stay(self, table: Table) -> None:
        version = made.minutes_sent(table)
        following, coordinator = following_of(table), table.viewer("coordinator")
        of: dict[str, Any] = {"viewer": coordinator, "meeting_id": version.meeting_id, "number": 1}
        with pytest.raises(DomainError):
            minutes.approve(**of, approved_in_id=following.pk)
        open_meeting(viewer=coordinator, meeting_id=following.pk)
        page = table.client("coordinator").get(url(table, "minutes", version)).content.decode()
        assert "La suivante" in page
        assert minutes.approve(**of, approved_in_id=following.pk).state == "approved"
        with pytest.raises(DomainError):
            minutes.correct(**of)
        with pytest.raises(DomainError):
            minutes.approve(**of, approved_in_id=following.pk)

    def test_two_people_who_correct_do_not_undo_each_other(self, table: Table) -> None:
        version = made.minutes_draft(table)
        client, seen = table.client("coordinator"), version.sha256
        form = {"record": "Un", "seen": seen}
        assert client.post(url(table, "minutes_edit", version), form).status_code == 302
        late = client.post(url(table, "minutes_edit", version), {"record": "Deux", "seen": seen})
        assert late.status_code == 422
        assert "Deux" in late.content.decode()

    def test_a_text_changed_behind_its_back_is_seen(self, table: Table) -> None:
        version = made.minutes_sent(table)
        text = version.snapshot.replace("montants", "sommes")
        MinutesVersion.objects.filter(pk=version.pk).update(snapshot=text)
        page = table.client("partner").get(url(table, "minutes", version)).content.decode()
        assert "ne correspond plus à son empreinte" in page


@pytest.mark.django_db
class TestFiles:
    def test_word(self, table: Table) -> None:
        version = made.minutes_sent(table)
        answer = table.client("partner").get(url(table, "minutes_file", version, extension="docx"))
        document = Document(io.BytesIO(answer.content))
        words = "\n".join(one.text for one in document.paragraphs)
        assert "On regarde les montants." in words
        assert "Décision : Le budget est proposé" in words
        assert len(document.tables) == 1

    def test_the_pdf_is_tagged(self, table: Table) -> None:
        version = made.minutes_sent(table)
        answer = table.client("partner").get(url(table, "minutes_file", version, extension="pdf"))
        with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
            assert pdf.doc.catalog["MarkInfo"]["Marked"]
            assert "On regarde les montants." in pdf.pages[0].extract_text()

    def test_another_file_does_not_exist(self, table: Table) -> None:
        version = made.minutes_sent(table)
        assert table.client("partner").get(url(table, "minutes_file", version, extension="exe")).status_code == 404

    def test_the_page_costs_the_same_however_long(self, table: Table) -> None:
        version = made.minutes_sent(table)

        def more() -> None:
            content = json.loads(version.snapshot)
            content["points"] *= 20
            MinutesVersion.objects.filter(pk=version.pk).update(snapshot=canonical(content))

        client = table.client("coordinator")
        assert_constant_queries(more, lambda: client.get(url(table, "minutes", version)))
