"""Keys given and taken back; a request that another system sends."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import Channel
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import Problem
from concertoit.field.cases.models import Report
from concertoit.field.cases.services.intake import External, Told, receive_report
from concertoit.field.cases.services.people import Contact
from concertoit.front.api.models import ApiKey
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.core.personal_links import digest_of
from concertoit.ground.privacy.enums import Means
from concertoit.ground.spaces.policies import Viewer

KEY_LENGTH = 40


@transaction.atomic
def give_key(*, viewer: Viewer, system: str) -> tuple[ApiKey, str]:
    """Make a key for a system; answers the row and the key, which nobody can read again. Raises ``DomainError``."""
    viewer.must("api.manage")
    name = system.strip()[:80]
    if not name:
        raise DomainError(_("Nommez le système, par exemple : 311 de Longueuil."), field="system")
    if ApiKey.objects.filter(space=viewer.space, system__iexact=name, retired_at=None).exists():
        raise DomainError(_("Ce système a déjà une clé. Retirez-la avant d’en donner une autre."), field="system")
    key = get_random_string(KEY_LENGTH)
    row = ApiKey.objects.create(
        space=viewer.space, system=name, digest=digest_of(key), ends_with=key[-4:], made_by=viewer.user
    )
    _journal(viewer, "api.key_given", row)
    return row, key


@transaction.atomic
def retire_key(*, viewer: Viewer, key_id: int) -> ApiKey:
    """Take a key back: from now on it opens nothing. Twice changes nothing. Raises ``NotVisible`` for another's."""
    viewer.must("api.manage")
    row = must_exist(ApiKey.objects.select_for_update().filter(space=viewer.space, pk=key_id).first())
    if row.retired_at is None:
        row.retired_at = timezone.now()
        row.save(update_fields=["retired_at", "updated_at"])
        _journal(viewer, "api.key_retired", row)
    return row


def _journal(viewer: Viewer, verb: str, row: ApiKey) -> None:
    record_row(row, row.system, actor=viewer.user, verb=verb)


@dataclass(frozen=True, slots=True)
class Posted:
    """What a POST of GeoReport v2 says, read. ``consent``: the person agrees that how to reach them is kept."""

    service_code: str
    address: str
    description: str = ""
    unit: str = ""
    since: str = ""
    dangers: list[str] = field(default_factory=list)
    told_owner: bool | None = None
    consent: bool = False
    contact: Contact = field(default_factory=Contact)
    external_id: str = ""
    media_url: str = ""
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def receive(*, key: ApiKey, posted: Posted) -> tuple[Report, str]:
    """Keep what a system sends; answers the report and a notice for who sent it.

    A contact without the person's agreement is not kept, and the notice says so. Raises ``DomainError`` for a place that
    nobody could find.
    """
    if posted.service_code not in Problem.values:
        raise DomainError("service_code: unknown", field="service_code")
    if not posted.address.strip():
        raise DomainError("address_string: required (lat and long alone do not name a dwelling)", field="address")
    kept = posted.contact if posted.consent else None
    report = receive_report(
        space=key.space, channel=Channel.CITY_311, means=Means.SPOKEN, sender=key.system,
        told=Told(
            address=posted.address, unit=posted.unit, problems=[posted.service_code], dangers=posted.dangers,
            description=posted.description, since=posted.since, told_owner=posted.told_owner,
        ),
        contact=kept or None, consents=[ConsentPurpose.CONTACT] if kept else [],
        external=External(
            system=key.system, external_id=posted.external_id, service_code=posted.service_code,
            media_url=posted.media_url, latitude=posted.latitude, longitude=posted.longitude,
        ),
    )  # fmt: skip
    key.last_sent_at = timezone.now()
    key.save(update_fields=["last_sent_at", "updated_at"])
    return report, _notice(posted, report)


def _notice(posted: Posted, report: Report) -> str:
    said = [_("Reçue : une personne de l’équipe la regarde.")]
    if posted.dangers:
        said.append(_("En cas de danger, appelez le 911."))
    if posted.contact and not posted.consent:
        said.append(_("Nom et coordonnées non gardés : la personne n’a pas donné son accord."))
    if report.building_id is None:
        said.append(_("L’adresse sera complétée par l’équipe."))
    return " ".join(said)
