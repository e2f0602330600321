"""Export then import gives zero difference, for Word and Excel, whatever the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from concertoit.together.plans.exports.docx import to_docx
from concertoit.together.plans.exports.xlsx import to_xlsx
from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.template import read_template, recognise
from concertoit.together.plans.rules.document import PlanDocument, as_plain
from concertoit.together.plans.rules.normal_form import normal_form
from tests.together.plans.generated import plans

FORMATS = [pytest.param(to_docx, "plan.docx", id="docx"), pytest.param(to_xlsx, "plan.xlsx", id="xlsx")]


def back(export: Callable[[PlanDocument], bytes], name: str, plan: PlanDocument) -> PlanDocument:
    source = read(export(plan), name)
    assert recognise(source)
    document, problems = read_template(source)
    assert problems == []
    return document


@pytest.mark.parametrize(("export", "name"), FORMATS)
@given(plan=plans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_export_then_import_gives_zero_difference(
    export: Callable[[PlanDocument], bytes], name: str, plan: PlanDocument
) -> None:
    expected = normal_form(plan)
    assert as_plain(normal_form(back(export, name, plan))) == as_plain(expected)


@given(plan=plans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_normal_form_is_stable(plan: PlanDocument) -> None:
    once = normal_form(plan)
    assert as_plain(normal_form(once)) == as_plain(once)
