"""« Où en est-ce? » : a personal link, without an account, through which a partner answers in one minute.

The link is a secret made from the installation's key; the database keeps its SHA-256 only, so that a copy of it answers
nothing. The same request always makes the same link: a reminder brings back the link people already have.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans import notifications
from concertoit.together.plans.enums import OutlookValue
from concertoit.together.plans.models import PlanItem, PlanNode, UpdateRequest
from concertoit.together.plans.queries.asks import AskPage, page_behind
from concertoit.together.plans.queries.items import item_for
from concertoit.together.plans.queries.worklist import line_of
from concertoit.together.plans.rules.document import NodeKind, StepState
from concertoit.together.plans.services import news
from concertoit.together.plans.services.signing import LABEL_LENGTH, Author, author_of

# How long a link answers, when its first reminder leaves, and how many there are: parameters of ours.
VALID_FOR = timedelta(days=30)
REMIND_AFTER = timedelta(days=7)
REMINDERS_MAX = 2


def token_of(request: UpdateRequest) -> str:
    """The secret of a request, made again from the installation's key."""
    return personal_links.token_of("plans.ask", request, request.email)


@transaction.atomic
def ask(*, viewer: Viewer, item_id: int, email: str, membership: Membership | None = None) -> UpdateRequest:
    """Ask somebody where an item stands, by e-mail. Raises ``DomainError`` for a bad address or when one is waiting."""
    viewer.must("plan.ask")
    view = item_for(viewer, item_id)
    if view.node.kind in (NodeKind.AXIS, NodeKind.OBJECTIVE):
        raise DomainError(_("Demandez des nouvelles d’une action, d’un résultat ou d’une étape."))
    address = _address(email)
    waiting = UpdateRequest.objects.filter(
        item=view.item, email=address, answered_at=None, expires_at__gt=timezone.now()
    )
    if waiting.exists():
        raise DomainError(_("Une demande attend déjà la réponse de cette personne."), field="email")
    request = UpdateRequest.objects.create(
        space=viewer.space, item=view.item, membership=membership, email=address, asked_by=viewer.user,
        token_digest=get_random_string(64), expires_at=timezone.now() + VALID_FOR,
        next_reminder_on=timezone.localdate() + REMIND_AFTER,
    )  # fmt: skip
    send(request=request, node=view.node)
    news.journal(author_of(viewer), "plan.asked", view.item, view.node, after={"email": address})
    return request


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="email") from None
    return address


def send(*, request: UpdateRequest, node: PlanNode, again: bool = False) -> None:
    """Send the link (again). Called in a transaction."""
    token = token_of(request)
    request.token_digest = personal_links.digest_of(token)
    request.sent_at = timezone.now()
    request.save(update_fields=["token_digest", "sent_at", "updated_at"])
    notifications.ask(request=request, node=node, token=token, again=again)


@transaction.atomic
def remind(*, request: UpdateRequest, node: PlanNode, today: date) -> None:
    """Send the link again and plan the next reminder, if there is one."""
    request.reminders += 1
    more = request.reminders < REMINDERS_MAX
    request.next_reminder_on = today + REMIND_AFTER if more else None
    request.save(update_fields=["reminders", "next_reminder_on", "updated_at"])
    send(request=request, node=node, again=True)


def request_of(viewer: Viewer, request_id: int) -> UpdateRequest:
    """A request of the démarche. Raises ``NotVisible`` for another's."""
    return must_exist(UpdateRequest.objects.select_for_update().filter(pk=request_id, space=viewer.space).first())


@transaction.atomic
def mute(*, viewer: Viewer, request_id: int, muted: bool = True) -> UpdateRequest:
    """Send no more reminders of a request (or send them again)."""
    viewer.must("plan.ask")
    row = request_of(viewer, request_id)
    row.muted = muted
    row.save(update_fields=["muted", "updated_at"])
    return row


@transaction.atomic
def withdraw(*, viewer: Viewer, request_id: int) -> None:
    """Take a request back: its link says that it is over."""
    viewer.must("plan.ask")
    row = request_of(viewer, request_id)
    if row.answered_at:
        raise DomainError(_("Cette demande a déjà sa réponse."))
    row.expires_at, row.next_reminder_on = timezone.now(), None
    row.save(update_fields=["expires_at", "next_reminder_on", "updated_at"])
    news.journal(author_of(viewer), "plan.ask_withdrawn", row.item, None, before={"email": row.email})


@dataclass(slots=True)
class Answer:
    """What a partner says: states by item with what explains them, a note, a météo with its reason."""

    states: Mapping[int, tuple[StepState, str]] = field(default_factory=dict)
    note: str = ""
    outlook: OutlookValue | None = None
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.states or self.note.strip() or self.outlook)


def find(token: str, *, lock: bool = False) -> UpdateRequest:
    """The request behind a link. Raises ``NotVisible`` for a link that is none of ours."""
    rows: Any = UpdateRequest.objects.select_related("space", "asked_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = must_exist(rows.filter(token_digest=personal_links.digest_of(token)).first())
    found: UpdateRequest = row
    return found


def is_open(request: UpdateRequest) -> bool:
    return request.answered_at is None and request.expires_at > timezone.now()


@transaction.atomic
def answer(*, token: str, said: Answer) -> UpdateRequest:
    """Write what a partner says, signed by the organisation that was asked, and close the link.

    Raises ``NotVisible`` for an unknown link, ``DomainError`` for one that is over, an empty answer, or a state that the
    workflow refuses: then nothing at all is written.
    """
    request = find(token, lock=True)
    if not is_open(request):
        raise DomainError(_("Ce lien a déjà servi, ou n’est plus valide."))
    page = page_behind(request)
    if page is None:
        raise DomainError(_("Cet élément n’est plus dans le plan."))
    if not said:
        raise DomainError(_("Dites au moins une chose : l’état d’une étape, une note, ou la météo."))
    author = Author(None, label_of(request))
    _write(page, said, author)
    request.answered_at, request.next_reminder_on = timezone.now(), None
    request.save(update_fields=["answered_at", "next_reminder_on", "updated_at"])
    news.journal(author, "plan.ask_answered", page.item, page.node, note=author.label)
    notifications.ask_answered(request=request, node=page.node, who=author.label)
    return request


def label_of(request: UpdateRequest) -> str:
    """Who signs: the organisation that was asked, or nobody by name."""
    organisation = request.membership.organisation if request.membership else None
    who = str(organisation) if organisation else _("Partenaire")
    return _("%(who)s, par lien personnel") % {"who": who[: LABEL_LENGTH - 30]}


def _write(page: AskPage, said: Answer, author: Author) -> None:
    nodes = {branch.node.item_id: branch.node for branch in page.steps}
    if not set(said.states) <= set(nodes):
        raise NotVisible("")
    items = {item.pk: item for item in PlanItem.objects.select_for_update().filter(pk__in=[*nodes, page.item.pk])}
    told = set()
    for item_id, (state, explanation) in said.states.items():
        node = nodes[item_id]
        try:
            changed = news.write_state(
                item=items[item_id], node=node, state=state, explanation=explanation, author=author
            )
        except DomainError as error:
            raise DomainError(f"{node.title} : {error}", field=f"etat-{item_id}") from None
        if changed:
            told |= {one.item_id for one in line_of(node)}
    if said.note.strip():
        news.write_note(item=items[page.item.pk], node=page.node, body=said.note, author=author)
    if said.outlook and page.judged:
        news.write_outlook(
            item=items[page.item.pk], node=page.node, value=said.outlook, reason=said.reason, author=author
        )
    news.heard(told | {one.item_id for one in line_of(page.node)})
