"""The observation grid of the brigade of the example: a version adopted, grids filled by several trades, a disagreement,
two visits compared, a danger. After the casework: only cases that are still open are observed."""

from __future__ import annotations

import struct
import zlib
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from concertoit.field.cases.models import Case
from concertoit.field.cases.rules.grid_document import GridDocument, Item
from concertoit.field.cases.services import grading, grids, observing
from concertoit.field.cases.services.observing import Said, Sitting
from concertoit.front.demo.services.clock import ago, at
from concertoit.ground.identity.models import Organisation, User
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.queries import viewer_for

# days ago, case (key of ``data/signalements.csv``), who, in which competence, on site, points. A point: code, state, then
# words: "!" danger, "room" or "several", "told", "m=…" a measure, anything else is the note.
Line = tuple[int, str, str, str, bool, str]
SHEETS: tuple[Line, ...] = (
    (214, "mould-child", "samir", "psychosocial", False, "HUM1 2 room told|INS1 2 told"),
    (203, "mould-child", "eve", "inspection", True,
     "SEC1 0|SEC5 1|ENV3 2 room|HUM1 3 several m=3 mur nord de la chambre|HUM3 1|HUM4 2 room|NUI1 0|NUI3 0|"
     "INS1 2 several m=16,5|INS2 0|INS6 1|PRO1 0|INC1 1|INC3 0|OCC1 so"),
    (196, "mould-child", "samir", "psychosocial", True,
     "HUM1 2 room|HUM4 1|NUI1 1|PRO1 0|OCC1 2 une chambre pour quatre"),
    (60, "mould-child", "eve", "inspection", True,
     "SEC5 0|ENV3 2 room|HUM1 1 m=0,5 revenu dans un coin|HUM3 0|HUM4 2 room|NUI1 1|INS1 0 m=20,5|INS6 1|INC1 0|INC3 0"),
    (118, "crowded", "samir", "psychosocial", True,
     "HUM1 1|PRO1 0|PRO2 2 m=4|OCC1 2|OCC2 2 sous-sol, chambre sans fenêtre"),
    (95, "floor", "eve", "inspection", True,
     "SEC1 3 ! plancher de cuisine sur deux mètres|HUM3 2 room|ENV4 2|INC1 0|INC3 0"),
    (76, "gas", "eve", "inspection", True,
     "INS2 3 ! fils nus au plafond|INS3 3 ! odeur près de la fournaise|INC2 2|INC3 0"),
    (31, "mould-2", "samir", "psychosocial", False, "HUM1 2 room told|HUM4 1 told"),
    (17, "balcony", "eve", "inspection", True, "SEC2 2 rampe descellée|SEC3 1|SEC5 1|INC3 0"),
    (5, "recent", "eve", "inspection", True, "INS1 2 room m=14|INS6 1|ENV3 2|HUM1 0"),
)  # fmt: skip
PICTURED = ("HUM1", "SEC1", "INS2")


def tell_grid(space: Space, users: dict[str, User], found: dict[str, Organisation], cases: dict[str, Case]) -> None:
    """Adopt a version of the partners' own, then fill grids with it."""
    _adopt(space, users)
    for line in sorted(SHEETS, key=lambda one: -one[0]):
        _fill(space, users, cases, line)
    with at(ago(75, 9, 30)):
        grading.confirm(viewer=viewer_for(users["eve"], space.slug), case=_case(cases, "gas"))
    samir = viewer_for(users["samir"], space.slug)
    with at(ago(195, 11, 30)):
        grading.tell_need(
            viewer=samir, case=_case(cases, "mould-child"), need="P2", vulnerabilities=["child", "breathing", "income"],
            note="Un interprète, et quelqu’un pour la lettre.",
        )  # fmt: skip
    with at(ago(50, 11, 30)):
        grading.tell_need(
            viewer=samir, case=_case(cases, "threat"), need="P2", vulnerabilities=["alone", "reprisals", "language"]
        )
    with at(ago(80, 14, 30)):
        floor = _case(cases, "floor")
        grading.record_decision(
            viewer=viewer_for(users["josee"], space.slug), case=floor, kind="unfit",
            authority=found["Ville de Longueuil"], decided_on=ago(82, 9, 30).date(), number="INS-0427",
            note="Cuisine fermée jusqu’à la réfection du plancher.",
        )  # fmt: skip


def _adopt(space: Space, users: dict[str, User]) -> None:
    """The partners add a point that their city meets often."""
    viewer = viewer_for(users["josee"], space.slug)
    point = Item(
        "HUM6", "HUM", "Sécheuse ou hotte qui évacue à l’intérieur", mandates=("city",), weight=2,
        sources="Brigade de Longueuil et Brossard",
    )  # fmt: skip

    def change(document: GridDocument) -> GridDocument:
        return grids.with_item(document, point)

    with at(ago(345, 10, 30)):
        draft = grids.open_draft(viewer=viewer)
        grids.change_draft(viewer=viewer, draft=draft, change=change)
    adopted = ago(330, 15, 30)
    with at(adopted):
        grids.adopt(viewer=viewer, draft=draft, adopted_by="Rencontre des partenaires", adopted_on=adopted.date())


def _fill(space: Space, users: dict[str, User], cases: dict[str, Case], line: Line) -> None:
    days, key, who, competence, on_site, points = line
    case = _case(cases, key)
    if not case.is_open:
        return
    with at(ago(days, 14, 30)):
        sheet = observing.observe(
            viewer=viewer_for(users[who], space.slug), case=case,
            sitting=Sitting(competence, timezone.localdate(), on_site),
            said=[_said(text, on_site=on_site) for text in points.split("|")],
        )  # fmt: skip
        observing.finish(viewer=viewer_for(users[who], space.slug), sheet=sheet)


def _said(text: str, *, on_site: bool) -> Said:
    code, state, *words = text.split()
    measure = next((word.removeprefix("m=") for word in words if word.startswith("m=")), "")
    known = {"!", "room", "several", "told", f"m={measure}"}
    photos = (_picture(f"{code}.png"),) if code in PICTURED and state in "23" and on_site else ()
    return Said(
        code, state, extent=next((word for word in words if word in ("room", "several")), ""), danger="!" in words,
        proof="told" if "told" in words else "", measure=Decimal(measure.replace(",", ".")) if measure else None,
        note=" ".join(word for word in words if word not in known), photos=photos,
    )  # fmt: skip


def _picture(name: str) -> SimpleUploadedFile:
    """A drawn wall with dark patches: no dwelling of anybody."""
    wide, high = 160, 120
    rows = bytearray()
    for y in range(high):
        rows.append(0)
        for x in range(wide):
            patch = (x * x + 3 * y * y + 7 * x * y) % 997 < 70 and x + y > 90 and x > 60
            rows += bytes((74, 80, 66)) if patch else bytes((222 - y // 6, 212 - y // 6, 194 - y // 5))
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n" + body, content_type="image/png")


def _case(cases: dict[str, Case], key: str) -> Case:
    """The case as it stands after the casework."""
    return Case.objects.select_related("space", "household").get(pk=cases[key].pk)
