from typing import Any

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
        self._work()
        self._intake()
        self._grid()
        self._support()
        self._cells()

    def _work(self) -> None:
        """The work on cases: notices, search, sections, « Ma table », files of orders."""
        from concertoit.field.cases.models import Case
        from concertoit.field.cases.notifications import work as notices
        from concertoit.field.cases.queries import order_files
        from concertoit.field.cases.services import indexing, opening
        from concertoit.field.cases.views import sections, work_desk, work_sections
        from concertoit.ground.files import policies as files
        from concertoit.ground.ui import desk

        notices.declare()
        indexing.declare()
        if indexing.opened not in opening.after_opening:
            opening.after_opening.append(indexing.opened)
        for name in ("partners", "visits", "orders", "place", "log"):
            sections.register(getattr(work_sections, name))
        for tab in work_sections.TABS:
            sections.register_tab(tab)
        desk.register(work_desk.brought, when=[Case])
        files.register(
            "cases.order", can_read=order_files.may_read, can_write=order_files.may_write,
            space_of=order_files.space_of, private=True,
        )  # fmt: skip
        self._rail()
        self._histories()

    def _rail(self) -> None:
        """Cases, and their figures."""
        from concertoit.ground.ui.navigation import NavItem, register

        register(
            NavItem(
                "cases", _("Dossiers"), "folder2-open", "cases:home", "field", "cases.view", 10, shown=_uses_cases,
                thumb=True,
            )
        )  # fmt: skip
        register(
            NavItem(
                "cases_figures", _("Chiffres des dossiers"), "bar-chart-line", "cases:figures", "insight",
                "cases.figures", 60, shown=_uses_cases,
            )
        )  # fmt: skip

    def _histories(self) -> None:
        """What the journal tells of cases, and to whom."""
        from concertoit.field.cases.queries import histories
        from concertoit.field.cases.verbs.work import FIELDS
        from concertoit.ground.audit.policies import register_object

        for model, label in histories.LABELS.items():
            register_object(
                f"cases.{model}", label=label, url=histories.PAGES[model], can_view=histories.can_view, fields=FIELDS,
                show=histories.show,
            )  # fmt: skip

    def _intake(self) -> None:
        """Reports and households: notices, files, the entry of the rail."""
        from concertoit.field.cases.models import Report
        from concertoit.field.cases.notifications import intake as notifications
        from concertoit.field.cases.queries import histories, intake_histories
        from concertoit.field.cases.queries.report_files import may_read_photos, may_write_photos, space_of_report
        from concertoit.field.cases.services.intake import OBJECT
        from concertoit.field.cases.views import intake_desk, sections
        from concertoit.field.cases.views.people import household_section
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.files import policies as files
        from concertoit.ground.ui import desk
        from concertoit.ground.ui.navigation import NavItem, register

        notifications.declare()
        sections.register(household_section)
        desk.register(intake_desk.brought, when=[Report])
        for model, label in intake_histories.LABELS.items():
            register_object(
                f"cases.{model}", label=label, url=intake_histories.PAGES[model], can_view=histories.can_view,
                fields=intake_histories.FIELDS, show=intake_histories.show,
            )  # fmt: skip
        register(
            NavItem(
                "reports", _("Signalements"), "inbox", "cases:reports", "field", "cases.work", 12,
                shown=_uses_cases, thumb=True,
            )
        )  # fmt: skip
        files.register(
            OBJECT, can_read=may_read_photos, can_write=may_write_photos, space_of=space_of_report,
            private=True,
        )  # fmt: skip

    def _grid(self) -> None:
        """The observation grid: its section on a case, its page beside the list, its photos and documents."""
        from concertoit.field.cases.queries import grid_files as holders
        from concertoit.field.cases.services.grading import DECISIONS
        from concertoit.field.cases.services.observing import PHOTOS
        from concertoit.field.cases.views import grid_case, sections
        from concertoit.ground.files import policies as files

        sections.register(grid_case.section_of)
        sections.register_tab(sections.Tab("grid", _("Grille"), "cases:grid_versions", "cases.grid", "ui-checks", 60))
        files.register(
            PHOTOS, can_read=holders.may_read_photos, can_write=holders.may_write_photos,
            space_of=holders.space_of_observation, private=True,
        )  # fmt: skip
        files.register(
            DECISIONS, can_read=holders.may_read_decision, can_write=holders.may_write_decision,
            space_of=holders.space_of_decision, private=True,
        )  # fmt: skip

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
            space_of=support_desk.proof_space, private=True,
        )  # fmt: skip

    def _cells(self) -> None:
        """Emergency cells and complex cases: sections, « Ma table », notices, the entry of the rail."""
        from concertoit.field.cases.models import ComplexityAssessment, RapidResponse
        from concertoit.field.cases.notifications import cell as cell_notices
        from concertoit.field.cases.notifications import complexity as complexity_notices
        from concertoit.field.cases.services import complexity as judging
        from concertoit.field.cases.services import grading, opening
        from concertoit.field.cases.views import cell, cell_desk, complexity, sections
        from concertoit.ground.ui import desk
        from concertoit.ground.ui.navigation import NavItem, register

        cell_notices.declare()
        complexity_notices.declare()
        wired: list[tuple[list[Any], Any]] = [
            (opening.after_opening, judging.case_opened),
            (opening.after_move, judging.case_moved),
            (grading.after_observation, judging.observed),
        ]
        for hooks, hook in wired:
            if hook not in hooks:
                hooks.append(hook)
        for module in (cell, complexity):
            sections.register(module.section_of)
            sections.register_building(module.building_section_of)
        sections.register_tab(
            sections.Tab(
                "complexity", _("Cas complexes"), "cases:complexity", "cases.work", "exclamation-triangle", 60
            )
        )
        desk.register(cell_desk.brought, when=[RapidResponse, ComplexityAssessment])
        register(
            NavItem(
                "cells", _("Cellules d’urgence"), "broadcast", "cases:cells", "field", "cells.view", 15,
                shown=lambda viewer: viewer.space.uses("cases"),
            )
        )  # fmt: skip


def _uses_cases(viewer: Any) -> bool:
    return bool(viewer.space.uses("cases"))
