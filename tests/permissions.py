"""THE permission table: every address of the site, every persona, the expected answer.

An address without a row fails the build (``tests/test_permissions.py``). To add one, write one line in the part of your
room::

    row("plans:item", at(item_id="action.pk"), read=MEMBERS),                # a page everybody in the démarche reads
    row("plans:item_edit", at(item_id="action.pk"), read=COORDINATION, write=COORDINATION),    # a form: GET and POST
    row("plans:step_state", at(item_id="step.pk"), write=TABLE),             # only POST: GET answers 405
    row("plans:note", at(item_id="action.pk"), write=TABLE.but(contributor=NO)),

- the name is the one of ``reverse()``; an address that exists under several patterns has one row per set of kwargs;
- ``at(name="attribute.of.table")`` says where to find the kwargs on the ``table`` of ``tests/personas.py``;
  ``at(format="=docx")`` is a plain value; ``slug`` of the démarche is filled in by itself; a function of the table that
  returns the kwargs is as good, and may create what the page needs;
- ``read``: who gets the page with GET. ``write``: who may POST. Without one, that method answers 405 to those who may
  use the other;
- ``data``: what to POST, when an empty form is not a useful question (a dict, or a function of the table);
- the answers: ``YES`` (200, or for POST anything but a refusal), ``MOVED`` (a redirect that is not the login page),
  ``NO`` (403), ``HIDDEN`` (404), ``LOGIN`` (redirect to the login page);
- each row is also asked with the address of another démarche: the objects of this one must not be found there (404);
- a GET that writes fails, other than sessions; ``writes="why"`` excuses a page for a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from tests.personas import ADMINISTRATOR, EVERYONE, STRANGER, VISITOR, Table  # fmt: skip
from tests.personas import MEMBERS as PERSONAS

YES, MOVED, NO, HIDDEN, LOGIN = "yes", "moved", "no", "hidden", "login"
_MEMBER_KEYS = tuple(persona.key for persona in PERSONAS)


@dataclass(frozen=True)
class Who:
    """The expected answer for each persona."""

    answers: Mapping[str, str]

    def but(self, **answers: str) -> Who:
        """The same, except for the personas named."""
        assert set(answers) <= set(EVERYONE), answers
        return Who({**self.answers, **answers})


def _members(*allowed: str) -> Who:
    """These members may, the others of the démarche are refused, the rest of the world sees nothing."""
    inside = {key: YES if key in allowed else NO for key in _MEMBER_KEYS}
    return Who({**inside, STRANGER.key: HIDDEN, ADMINISTRATOR.key: HIDDEN, VISITOR: LOGIN})


MEMBERS = _members(*_MEMBER_KEYS)
TABLE = _members("coordinator", "coco", "partner", "contributor", "elected")
COCO = _members("coordinator", "coco")
COORDINATION = _members("coordinator")
FIELD = _members("liaison", "worker", "responder")
FIELD_TEAM = _members("liaison", "worker")
FIELD_LEAD = _members("liaison")
# Who tells where the plan's first action stands: the coordination, and those of the organisations that carry it (x leads
# it, the host organisation is its fiscal agent)
CARRIERS = _members("coordinator", "coco", "partner")
# While a version is in force, a draft exists only for those who prepare it
DRAFT_READERS = _members(*_MEMBER_KEYS).but(
    partner=HIDDEN, contributor=HIDDEN, observer=HIDDEN, funder=HIDDEN, elected=HIDDEN,
    liaison=HIDDEN, worker=HIDDEN, responder=HIDDEN,
)  # fmt: skip
# Pages outside any démarche
PUBLIC = Who(dict.fromkeys(EVERYONE, YES))
LOGGED_IN = PUBLIC.but(visitor=LOGIN)
ADMINISTRATION = Who({**dict.fromkeys(EVERYONE, HIDDEN), ADMINISTRATOR.key: YES, VISITOR: LOGIN})
NOBODY = Who(dict.fromkeys(EVERYONE, HIDDEN))
# The doors of an account: a person who is already inside is sent on
DOOR = Who({**dict.fromkeys(EVERYONE, MOVED), VISITOR: YES})

Kwargs = Callable[[Table], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    kwargs: Kwargs
    read: Who | None = None
    write: Who | None = None
    data: Callable[[Table], dict[str, Any]] | Mapping[str, Any] | None = None
    query: str | Callable[[Table], str] = ""  # what follows the path, or what says it once the kwargs are made
    writes: str = ""
    bound: bool = False  # whether the kwargs name objects of the démarche

    def form(self, table: Table) -> dict[str, Any]:
        return dict(self.data(table) if callable(self.data) else self.data or {})


def at(**sources: str) -> Kwargs:
    """Kwargs from attributes of the table (``"action.pk"``) or plain values (``"=docx"``)."""

    def kwargs(table: Table) -> dict[str, Any]:
        return {
            name: source[1:] if source.startswith("=") else attrgetter(source)(table)
            for name, source in sources.items()
        }

    kwargs.bound = any(not source.startswith("=") for source in sources.values())  # type: ignore[attr-defined]
    return kwargs


def row(name: str, kwargs: Kwargs | None = None, **fields: Any) -> Row:
    """One line of the table; see the top of this file."""
    kwargs = kwargs or at()
    built = Row(name, kwargs, **fields)
    assert built.read or built.write, f"{name}: say who reads or who writes"
    return replace(built, bound=fields.get("bound", getattr(kwargs, "bound", True)))


def things() -> Any:
    """What ``tests/together/plans/followed.py`` makes."""
    from tests.together.plans import followed

    return followed


def followed(name: str, factory: str) -> Kwargs:
    """Kwargs of something that hangs on the plan's first action."""

    def kwargs(table: Table) -> dict[str, Any]:
        return {"item_id": table.action.pk, name: getattr(things(), factory)(table).pk}

    return kwargs


def exchanged(to_us: bool = False, **sources: str) -> Kwargs:
    """Kwargs from what ``tests/together/plans/exchanged.py`` makes (``"filing_of.pk"``) or plain values (``"=0"``)."""

    def kwargs(table: Table) -> dict[str, Any]:
        from tests.together.plans import exchanged as made

        values: dict[str, Any] = {}
        for name, source in sources.items():
            factory, _dot, attribute = source.partition(".")
            if source.startswith("="):
                values[name] = source[1:]
            else:
                more = {"to_us": True} if to_us else {}
                values[name] = getattr(getattr(made, factory)(table, **more), attribute)
        return values

    return kwargs


def drafted(name: str, level: str, **plain: str) -> Kwargs:
    """Kwargs of the draft's node of a level."""
    return lambda table: {name: table.drafted(level).pk, **plain}


def previewed(table: Table) -> dict[str, Any]:
    """Kwargs of the first action of an import that is not confirmed."""
    from tests.together.plans import exchanged as made

    brought = made.import_of(table)
    return {"import_id": brought.pk, "node_id": made.node_of(brought)}


def reading(table: Table) -> dict[str, Any]:
    """Kwargs of an import that a job is reading."""
    from tests.together.plans import exchanged as made

    return {"import_id": made.long_import_of(table).pk}


def aligned(table: Table) -> dict[str, Any]:
    """Kwargs of a démarche whose plan everybody may see."""
    from tests.together.plans import exchanged as made

    return {"other": made.neighbour().slug}


def public_page(**plain: str) -> Kwargs:
    """Kwargs of a page that the démarche shows to everybody."""

    def kwargs(table: Table) -> dict[str, Any]:
        table.space.is_public = True
        table.space.save()
        return {"slug": table.space.slug, **plain}

    return kwargs


# Opening a démarche: the administration, and who already coordinates one.
_OPENERS = NOBODY.but(administrator=YES, coordinator=YES, stranger=YES, visitor=LOGIN)


def _a_seat(table: Table) -> dict[str, Any]:
    return {"seat_id": table.membership("coco").seats.get().pk}


def _a_person(table: Table) -> dict[str, Any]:
    return {"person_id": table.person("partner").pk}


def _a_membership(table: Table) -> dict[str, Any]:
    return {"membership_id": table.membership("partner").pk}


def _an_invitation(table: Table) -> dict[str, Any]:
    from concertoit.ground.spaces.services import InvitationFacts, invite

    found = table.space.invitations.first()
    facts = InvitationFacts(email="invitee@exemple.test")
    return {"invitation_id": (found or invite(viewer=table.viewer("coordinator"), facts=facts)).pk}


def _a_merged_organisation(table: Table) -> dict[str, Any]:
    from concertoit.ground.identity.models import Organisation
    from concertoit.ground.spaces.services import merge_into

    if not Organisation.objects.filter(pk=table.y.pk, merged_into__isnull=False).exists():
        merge_into(viewer=table.viewer("coordinator"), kept=table.x, merged=table.y)
    return {"organisation_id": table.y.pk}


def _other_committee(table: Table) -> dict[str, Any]:
    return {"merged": table.space.committees.get_or_create(name="Comité en double")[0].pk}


def _two_committees(table: Table) -> dict[str, Any]:
    _other_committee(table)
    return {"committee_id": table.committee.pk}


def _a_merged_committee(table: Table) -> dict[str, Any]:
    from concertoit.ground.spaces.services import merge_committees

    twin = table.space.committees.get(pk=_other_committee(table)["merged"])
    if twin.merged_into_id is None:
        merge_committees(viewer=table.viewer("coordinator"), kept=table.committee, merged=twin)
    return {"committee_id": twin.pk}


def _a_merged_person(table: Table) -> dict[str, Any]:
    from concertoit.ground.identity.models import Person
    from concertoit.ground.spaces.models import Membership
    from concertoit.ground.spaces.services import merge_into

    found = Person.objects.filter(given_name="Double").first()
    if found is None:
        found = Person.objects.create(given_name="Double")
        Membership.objects.create(space=table.space, person=found)
        merge_into(viewer=table.viewer("coordinator"), kept=table.person("partner"), merged=found)
    return {"person_id": found.pk}


ROWS: list[Row] = [
    # --- front.desk
    row("desk:home", read=LOGGED_IN),
    # --- front.public
    row("public:spaces", read=PUBLIC),
    row("public:plan", read=NOBODY),
    row("public:plan", public_page(), read=PUBLIC, bound=False),
    row("public:embed", public_page(), read=PUBLIC, bound=False),
    row("public:data", public_page(extension="json"), read=PUBLIC, bound=False),
    # --- front.demo
    row("demo:enter", at(who="=coordination"), write=NOBODY),  # outside demo mode nobody enters without a password
    # --- ground.core
    row("core:job", at(uid="=00000000-0000-0000-0000-000000000000"), read=NOBODY.but(visitor=LOGIN)),
    row("core:jobs", read=ADMINISTRATION),
    row("core:job_retry", at(uid="=00000000-0000-0000-0000-000000000000"), write=NOBODY.but(visitor=LOGIN)),
    # --- ground.ui
    row("ui:gallery", read=PUBLIC),
    row("ui:offline", read=PUBLIC),
    row("ui:offline_token", read=PUBLIC),
    row("ui:service_worker", read=PUBLIC),
    row("ui:manifest", read=PUBLIC),
    row("ui:appearance", write=PUBLIC, data={"theme": "dark"}),
    row("ui:language", write=PUBLIC, data={"language": "fr-ca"}),
    # --- ground.identity
    row("identity:profile", read=LOGGED_IN, write=LOGGED_IN),
    row("identity:sessions", read=LOGGED_IN, write=LOGGED_IN),
    row("identity:consents", read=LOGGED_IN, write=LOGGED_IN, data={"donner": "personal_contact"}),
    # --- ground.places
    row("places:territories", read=PUBLIC),
    # --- ground.spaces
    row("spaces:list", read=LOGGED_IN),
    row("spaces:create", read=_OPENERS, write=_OPENERS),
    row("spaces:invitation", at(token="=not-a-token"), read=NOBODY, write=NOBODY),
    row("spaces:home", read=MEMBERS),
    row("spaces:settings", read=COORDINATION, write=COORDINATION),
    row("spaces:priorities", read=MEMBERS, write=COORDINATION),
    row("spaces:priority_edit", at(priority_id="priority.pk"), read=COORDINATION, write=COORDINATION),
    row("spaces:priority_move", at(priority_id="priority.pk"), write=COORDINATION),
    row("spaces:priority_remove", at(priority_id="priority.pk"), write=COORDINATION),
    row("spaces:bodies", read=MEMBERS),
    row("spaces:body_new", read=COORDINATION, write=COORDINATION),
    row("spaces:body", at(body_id="coco.pk"), read=MEMBERS),
    row("spaces:body_edit", at(body_id="coco.pk"), read=COORDINATION, write=COORDINATION),
    row("spaces:body_seat_add", at(body_id="coco.pk"), write=COORDINATION),
    row("spaces:committee_new", read=COORDINATION, write=COORDINATION),
    row("spaces:committee", at(committee_id="committee.pk"), read=MEMBERS),
    row("spaces:committee_edit", at(committee_id="committee.pk"), read=COORDINATION, write=COORDINATION),
    row("spaces:committee_move", at(committee_id="committee.pk"), write=COORDINATION, data={"state": "closed"}),
    row("spaces:committee_seat_add", at(committee_id="committee.pk"), write=COORDINATION),
    row("spaces:committee_duplicates", read=COORDINATION),
    row("spaces:committee_merge", _two_committees, write=COORDINATION, data=_other_committee),
    row("spaces:committee_unmerge", _a_merged_committee, write=COORDINATION),
    row("spaces:seat_end", _a_seat, write=COORDINATION),
    row("spaces:organisations", read=MEMBERS),
    row("spaces:organisation_new", read=COORDINATION, write=COORDINATION),
    row("spaces:organisation_duplicates", read=COORDINATION),
    row("spaces:organisation", at(organisation_id="x.pk"), read=MEMBERS),
    row("spaces:organisation_edit", at(organisation_id="x.pk"), read=COORDINATION, write=COORDINATION),
    row(
        "spaces:organisation_merge", at(organisation_id="x.pk"), write=COORDINATION, data=lambda t: {"merged": t.y.pk}
    ),
    row("spaces:organisation_unmerge", _a_merged_organisation, write=COORDINATION),
    row("spaces:people", read=MEMBERS),
    row("spaces:participants_file", write=COORDINATION),
    row("spaces:person_duplicates", read=COORDINATION),
    row("spaces:person", _a_person, read=MEMBERS),
    row("spaces:person_edit", _a_person, read=COORDINATION, write=COORDINATION),
    row("spaces:personal_data", _a_person, write=COORDINATION),
    row("spaces:personal_data_edit", _a_person, read=COORDINATION, write=COORDINATION),
    row("spaces:person_merge", _a_person, write=COORDINATION, data=lambda t: {"merged": t.person("observer").pk}),
    row("spaces:person_unmerge", _a_merged_person, write=COORDINATION),
    row("spaces:membership_new", read=COORDINATION, write=COORDINATION),
    row("spaces:membership_edit", _a_membership, read=COORDINATION, write=COORDINATION),
    row("spaces:membership_end", _a_membership, write=COORDINATION),
    row("spaces:invitations", read=COORDINATION, write=COORDINATION),
    row("spaces:invitation_resend", _an_invitation, write=COORDINATION),
    row("spaces:invitation_withdraw", _an_invitation, write=COORDINATION),
    row("spaces:journal", read=COCO),
    row("spaces:journal_csv", read=COCO),
    # --- ground.audit
    row("audit:history", at(object_type="=nothing", object_id="=1"), read=NOBODY.but(visitor=LOGIN)),
    row("audit:restore", at(entry_id="=1"), write=NOBODY.but(visitor=LOGIN)),
    # --- ground.privacy
    row("privacy:notice", read=PUBLIC),
    row("privacy:retention", read=ADMINISTRATION, write=ADMINISTRATION),
    row("privacy:incidents", read=ADMINISTRATION),
    row("privacy:incident_new", read=ADMINISTRATION, write=ADMINISTRATION),
    row("privacy:incident", at(incident_id="=1"), read=NOBODY.but(visitor=LOGIN), write=NOBODY.but(visitor=LOGIN)),
    # --- ground.files
    row("files:add", at(object_type="=nothing", object_id="=1"), write=NOBODY.but(visitor=LOGIN)),
    row("files:download", at(uid="=00000000-0000-0000-0000-000000000000"), read=NOBODY.but(visitor=LOGIN)),
    row("files:retire", at(uid="=00000000-0000-0000-0000-000000000000"), write=NOBODY.but(visitor=LOGIN)),
    row("files:bring_back", at(uid="=00000000-0000-0000-0000-000000000000"), write=NOBODY.but(visitor=LOGIN)),
    # --- ground.search
    row("search:results", read=LOGGED_IN),
    # --- ground.notifications
    row("notifications:inbox", read=LOGGED_IN),
    row("notifications:read_all", write=LOGGED_IN),
    row("notifications:preferences", read=LOGGED_IN, write=LOGGED_IN),
    row("notifications:unsubscribe", at(token="=not-ours"), read=NOBODY, write=NOBODY),
    row("notifications:open", at(notice_id="=1"), read=NOBODY.but(visitor=LOGIN)),
    row("notifications:read", at(notice_id="=1"), write=NOBODY.but(visitor=LOGIN)),
    # --- together.plans: pages
    row("plans:plan", read=MEMBERS),
    row("plans:gantt", read=MEMBERS),
    row("plans:board", read=MEMBERS),
    row("plans:links", read=MEMBERS),
    row("plans:actors", read=MEMBERS),
    row("plans:territory", read=MEMBERS),
    row("plans:priorities", read=MEMBERS),
    row("plans:budget", read=MEMBERS),
    row("plans:plan", query="?version=2", read=DRAFT_READERS),
    row("plans:export_file", at(extension="=json"), query="?version=2", read=DRAFT_READERS),
    row("plans:versions", read=MEMBERS),
    row("plans:compare", read=MEMBERS),
    row("plans:version", at(number="=1"), read=MEMBERS),
    row("plans:version", at(number="=2"), read=DRAFT_READERS),
    row("plans:snapshot", exchanged(number="frozen_of.number"), read=MEMBERS),
    row("plans:create", read=COORDINATION, write=COORDINATION),
    row("plans:outline", read=COORDINATION),
    row("plans:draft_open", write=COORDINATION),
    row("plans:adopt", read=COORDINATION, write=COORDINATION),
    row("plans:abandon", write=COORDINATION, data={"titre": "Plan d’essai"}),
    row("plans:renumber", write=COORDINATION),
    row("plans:node_add_root", at(kind="=axis"), read=COORDINATION, write=COORDINATION),
    row("plans:node_add", drafted("parent_id", "axis", kind="action"), read=COORDINATION, write=COORDINATION),
    row("plans:node_edit", drafted("node_id", "action"), read=COORDINATION, write=COORDINATION),
    row("plans:node_shift", drafted("node_id", "action"), write=COORDINATION),
    row("plans:node_move", drafted("node_id", "action"), read=COORDINATION, write=COORDINATION),
    row("plans:node_remove", drafted("node_id", "action"), read=COORDINATION, write=COORDINATION),
    row("plans:section_add", read=COORDINATION, write=COORDINATION),
    row("plans:section", exchanged(section_id="section_of.pk"), read=COORDINATION, write=COORDINATION),
    # --- together.plans: follow-up
    row("plans:item", at(item_id="action.pk"), read=MEMBERS),
    row("plans:item", at(item_id="step.pk"), read=MEMBERS),
    row("plans:item_state", at(item_id="step.pk"), write=CARRIERS),
    row("plans:state_undo", write=MEMBERS, query="?t=rien"),
    row("plans:item_phase", at(item_id="action.pk"), write=CARRIERS),
    row("plans:item_due", at(item_id="step.pk"), write=CARRIERS),
    row("plans:item_note", at(item_id="action.pk"), write=CARRIERS),
    row("plans:note_correct", followed("note_id", "note_of"), read=CARRIERS.but(coco=NO), write=CARRIERS.but(coco=NO)),
    row("plans:item_outlook", at(item_id="action.pk"), write=CARRIERS),
    row("plans:indicator_add", at(item_id="action.pk"), read=COORDINATION, write=COORDINATION),
    row("plans:indicator", followed("indicator_id", "indicator_of"), read=COORDINATION, write=COORDINATION),
    row("plans:indicator_retire", followed("indicator_id", "indicator_of"), write=COORDINATION),
    row("plans:measure_add", followed("indicator_id", "indicator_of"), read=CARRIERS, write=CARRIERS),
    row("plans:measure_contest", followed("measure_id", "measure_of"), read=TABLE, write=TABLE),
    row("plans:contest_answer", followed("contest_id", "contest_of"), read=CARRIERS, write=CARRIERS),
    row("plans:spending_add", at(item_id="action.pk"), read=CARRIERS, write=CARRIERS),
    row("plans:spending", followed("spending_id", "spending_of"), read=CARRIERS, write=CARRIERS),
    row("plans:spending_remove", followed("spending_id", "spending_of"), write=CARRIERS),
    row("plans:ask", at(item_id="action.pk"), read=COORDINATION, write=COORDINATION),
    row("plans:asks", read=COORDINATION),
    row("plans:ask_change", lambda t: {"ask_id": things().ask_of(t).pk}, write=COORDINATION),
    row("plans:reminders", read=COORDINATION),
    row("plans:reminder_mute", at(item_id="action.pk"), write=CARRIERS),
    row("plans:answer", lambda t: {"token": things().token_of(t)}, read=PUBLIC, write=PUBLIC, bound=False),
    row("plans:bulk", read=MEMBERS, write=CARRIERS),
    row("plans:mine", read=TABLE, write=TABLE),
    row("plans:calendar", read=MEMBERS),
    row("plans:calendar_links", read=MEMBERS, write=MEMBERS),
    row("plans:personal_calendar", lambda t: {"token": things().calendar_of(t)}, read=PUBLIC, bound=False),
    row("plans:item_comment", at(item_id="action.pk"), write=TABLE),
    row("plans:comment_withdraw", followed("comment_id", "comment_of"), write=COORDINATION.but(partner=YES)),
    # --- together.plans: import, export
    row("plans:import_start", read=COORDINATION, write=COORDINATION),
    row("plans:import_template", at(extension="=docx"), read=COORDINATION),
    row("plans:import_preview", exchanged(import_id="import_of.pk"), read=COORDINATION),
    row("plans:import_preview", reading, read=COORDINATION),
    row("plans:import_columns", exchanged(import_id="import_of.pk"), write=COORDINATION),
    row("plans:import_confirm", exchanged(import_id="import_of.pk"), write=COORDINATION),
    row("plans:import_discard", exchanged(import_id="import_of.pk"), write=COORDINATION),
    row("plans:import_undo", exchanged(import_id="import_of.pk"), write=COORDINATION),
    row("plans:import_place", exchanged(import_id="import_of.pk", number="=0"), read=COORDINATION, write=COORDINATION),
    row("plans:import_node", previewed, read=COORDINATION, write=COORDINATION),
    row("plans:import_node_remove", previewed, write=COORDINATION),
    row("plans:export", read=MEMBERS),
    row("plans:export_file", at(extension="=docx"), read=MEMBERS),
    row("plans:cycle", read=MEMBERS),
    row("plans:cycle_add", read=COORDINATION, write=COORDINATION),
    row("plans:cycle_step", exchanged(step_id="cycle_step_of.pk"), read=COORDINATION, write=COORDINATION),
    row("plans:cycle_move", exchanged(step_id="cycle_step_of.pk"), write=COORDINATION),
    row("plans:cycle_remove", exchanged(step_id="cycle_step_of.pk"), write=COORDINATION),
    row("plans:alignments", read=MEMBERS),
    row("plans:alignment_propose", aligned, read=COORDINATION, write=COORDINATION, bound=False),
    row("plans:alignment_answer", exchanged(alignment_id="alignment_of.pk", to_us=True), write=COORDINATION),
    row("plans:alignment_withdraw", exchanged(alignment_id="alignment_of.pk"), write=COORDINATION),
    # --- insight.reporting
    row("reporting:filings", read=MEMBERS),
    row("reporting:file", read=COORDINATION, write=COORDINATION),
    row("reporting:form", at(extension="=docx"), read=MEMBERS),
    row("reporting:filing", exchanged(filing_id="filing_of.pk"), read=MEMBERS),
    row("reporting:filing_file", exchanged(filing_id="filing_of.pk", extension="=json"), read=MEMBERS),
]

# Names that stand in no row, each with its reason.
NOT_PAGES: dict[str, str] = {}

# The rows of these rooms are beside each other in ``tests/permission_rows/``: they use what stands above.
from tests.permission_rows import (  # noqa: E402
    accounts,
    api,
    ballots,
    cases_cell,
    cases_complexity,
    cases_grid,
    cases_intake,
    cases_support,
    cases_work,
    committees,
    consent,
    directory,
    evaluation,
    events,
    logbook,
    mediation,
    meeting_room,
    meetings,
    participation,
    prioritisation,
    referrals,
    small_works,
    statistics,
    surveys,
    workshops,
)

for _module in (
    accounts, ballots, surveys, events, meetings, meeting_room, committees, workshops, prioritisation, consent,
    participation, directory, referrals, logbook, statistics, cases_intake, cases_work, cases_grid, cases_complexity,
    cases_cell, cases_support, mediation, small_works, evaluation, api,
):  # fmt: skip
    ROWS += _module.ROWS
