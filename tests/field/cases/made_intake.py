"""Reports and households that tests and permission rows need. Everybody is invented."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from concertoit.field.cases.enums import Channel
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.models import Case, CaseList, Report
from concertoit.field.cases.queries.codes import code_of
from concertoit.field.cases.services import drafts, importing, inbox
from concertoit.field.cases.services.intake import Told, receive_report
from concertoit.field.cases.services.people import Contact, Living
from concertoit.ground.files.models import Attachment
from concertoit.ground.files.queries import attachments
from tests.personas import Table

WHO = Contact(given_name="Zénobie", family_name="Invraisemblable", phone="450 555-0142", email="zenobie@exemple.test")
ALL = tuple(ConsentPurpose.values)


def photo(name: str = "IMG_1234.jpg", colour: str = "red") -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (40, 30), colour).save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), content_type="image/jpeg")


def told(table: Table, **changes: Any) -> Told:
    facts = {
        "address": "1234, rue des Érables", "unit": "5", "municipality": table.municipality,
        "problems": ("mould", "cold"), "description": "Les murs coulent dans la chambre.",
    }  # fmt: skip
    return Told(**{**facts, **changes})


def report(table: Table, *, named: bool = True, **options: Any) -> Report:
    """A report from a tenant, with a name and every consent unless ``named`` is false."""
    facts = {name: options.pop(name) for name in list(options) if name in Told.__dataclass_fields__}
    if named:
        options = {
            "contact": WHO,
            "living": Living(adults=2, children=1, language="espagnol"),
            "consents": ALL,
        } | options
    options = {"channel": Channel.TENANT} | options
    return receive_report(space=table.space, told=told(table, **facts), **options)


def case(table: Table, **options: Any) -> Case:
    """A case opened from a report by the liaison agent."""
    return inbox.open_from(viewer=table.viewer("liaison"), report=report(table, **options))


def code(row: Report) -> str:
    return code_of(row.uid)


def photo_of(row: Report) -> Attachment:
    return attachments("cases.report", row.uid)[0]


def draft_code(table: Table) -> str:
    return code_of(drafts.begin(space=table.space, language="fr").uid)


def case_list(table: Table) -> CaseList:
    """A list read and not confirmed, of one line."""
    text = f"Ville;Adresse;Problèmes\n{table.municipality.name};10, rue Neuve;moisissures\n"
    return importing.read_list(viewer=table.viewer("liaison"), content=text.encode(), name="cas.csv")
