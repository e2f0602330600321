"""Writing the texts that surround the tables of a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import PlanSection, PlanVersion
from concertoit.together.plans.rules.normal_form import clean_text
from concertoit.together.plans.services.versions import must_be_editable


@transaction.atomic
def write_section(
    *, viewer: Viewer, version: PlanVersion, kind: str, heading: str, body: str, section: PlanSection | None = None
) -> PlanSection | None:
    """Write a text: the one given, else the one of that kind and heading, else a new one. Emptied, it goes away.

    Raises ``DomainError`` for a kind and heading that another text has.
    """
    viewer.must("plan.edit")
    must_be_editable(version)
    heading, body = clean_text(heading), clean_text(body)
    same = PlanSection.objects.filter(version=version, kind=kind, heading=heading).order_by("position", "pk").first()
    if section is not None and same is not None and same.pk != section.pk:
        raise DomainError(_("Un autre texte porte déjà ce titre dans cette partie."), field="heading")
    section = section or same
    before = {"heading": section.heading, "body": section.body} if section else {}
    if section is None:
        position = PlanSection.objects.filter(version=version).count()
        section = PlanSection(space=version.space, version=version, position=position)
    section.kind, section.heading, section.body = kind, heading, body
    kept = bool(heading or body)
    if kept:
        section.save()
    elif section.pk:
        section.delete()
    record(
        actor=viewer.user,
        verb="plan.section_written",
        object_type="plans.plan",
        object_id=version.plan_id,
        object_label=heading or str(section.get_kind_display()),
        space_id=version.space_id,
        before=before,
        after={"heading": heading, "body": body},
    )
    return section if kept else None
