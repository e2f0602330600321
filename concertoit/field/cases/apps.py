from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "concertoit.field.cases"
    label = "cases"
    verbose_name = _("dossiers d’insalubrité")

    def ready(self) -> None:
        from concertoit.field.cases import policies
        from concertoit.field.cases.verbs import SENTENCES
        from concertoit.ground.audit import verbs as journal

        policies.declare()
        journal.register(SENTENCES)
        self._intake()
        self._support()

    def _intake(self) -> None:
        """Reports and households: notices, files, the entry of the rail."""
        from concertoit.field.cases.notifications import intake as notifications
        from concertoit.field.cases.queries.report_files import may_read_photos, may_write_photos, space_of_report
        from concertoit.field.cases.services.intake import OBJECT
        from concertoit.ground.files import policies as files

        notifications.declare()
        files.register(OBJECT, can_read=may_read_photos, can_write=may_write_photos, space_of=space_of_report)

    def _support(self) -> None:
        """Accompaniment: sections of the page of a case, « Ma table », proofs, messages."""
        from concertoit.field.cases.models import Message, PathStep, ReceivedReferral
        from concertoit.field.cases.notifications import messages
        from concertoit.field.cases.queries import tenant_page
        from concertoit.field.cases.views import sections, support_desk, support_tenant
        from concertoit.field.cases.views.support_pages import PROOF
        from concertoit.ground.files import policies as files
        from concertoit.ground.ui import desk

        messages.declare()
        sections.register(support_desk.support_section)
        sections.register(support_desk.messages_section)
        tenant_page.register(support_tenant.section)
        desk.register(support_desk.brought, when=[Message, PathStep, ReceivedReferral])
        files.register(
            PROOF, can_read=support_desk.may_prove, can_write=support_desk.may_prove,
            space_of=support_desk.proof_space,
        )  # fmt: skip
