"""Addresses of the work on cases: list, page of a case, brigade, assignments, visits, orders, buildings, home.

``<caseref:reference>`` is the number of a case (``2026-0007``): other parts of the room hang their pages on it too.
"""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter, get_converters

from concertoit.field.cases.views import cases


class CaseReference(StringConverter):
    """The number of a case."""

    regex = r"\d{4}-\d{4,6}"


if "caseref" not in get_converters():
    register_converter(CaseReference, "caseref")

IN = "demarches/<slug:slug>/dossiers/"
ONE = f"{IN}<caseref:reference>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(ONE, cases.case, name="case"),
]
