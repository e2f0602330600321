"""The doors of the field that need no account, and what comes in: codes, forms, photos, files, other systems."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

import concertoit
from concertoit.field.cases.models import DoorTally, RapidResponse, Report
from concertoit.field.cases.services.intake import keep_photos
from concertoit.field.directory.importers import UnreadableFile, read_file
from concertoit.field.participation.models import MediationRequest
from concertoit.field.small_works.models import Request
from concertoit.front.api.models import ApiKey
from concertoit.front.api.services import give_key, retire_key
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.network import client_address, network_of
from concertoit.ground.files.models import Attachment
from tests.field.cases import made_cell, made_intake
from tests.field.cases import made_work as made
from tests.field.participation import made as made_participation
from tests.field.participation import made_mediation
from tests.field.small_works import made as made_works
from tests.permissions import ROWS
from tests.personas import Table
from tests.test_permissions import address

CODE = "AAAABBBBCCCC"
DIGITS = "9" * 5000


@pytest.fixture(autouse=True)
def _doors_open() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


# --- whose knocks are counted together ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "told"),
    [
        (0, "", "10.0.0.1"), (0, "203.0.113.9", "10.0.0.1"), (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"), (2, "1.2.3.4, 203.0.113.9, 10.1.1.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"), (1, "", "10.0.0.1"), (1, "<script>", "10.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"), (1, "[2001:db8::1]", "2001:db8::1"),
    ],
)  # fmt: skip
def test_who_asks_behind_the_machine_that_speaks_https(
    settings: LazySettings, proxies: int, forwarded: str, told: str
) -> None:
    """What a visitor writes in the header comes before what our machine adds: it is not believed."""
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == told


def test_a_whole_home_of_ipv6_is_one_place(settings: LazySettings) -> None:
    settings.PROXIES = 0
    here = [network_of(RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:0:7::{n}")) for n in (1, "dead:beef")]
    assert here == ["2001:db8:0:7::/64"] * 2


def test_somebody_who_guesses_does_not_close_the_door_for_everybody(
    table: Table, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PROXIES = 1
    for where in ("tenant", "intake_public"):
        monkeypatch.setattr(f"concertoit.field.cases.views.{where}.CODE_TRIES_PER_DAY", 1)
    code = made_intake.code(made_intake.report(table))
    page = reverse("cases:my_case", kwargs={"code": code})
    guess = reverse("cases:my_case", kwargs={"code": CODE})
    assert Client(headers={"X-Forwarded-For": "198.51.100.7"}).get(guess).status_code == 404
    assert Client(headers={"X-Forwarded-For": "198.51.100.7"}).get(page).status_code == 404
    assert Client(headers={"X-Forwarded-For": "203.0.113.9"}).get(page).status_code == 200
    assert "198.51" not in str(list(DoorTally.objects.values()))


# --- codes and personal links ---------------------------------------------------------------------------------------


def coded(table: Table, code: str) -> list[str]:
    """Every address that opens with a code."""
    slug = table.space.slug
    return [
        reverse("cases:my_case", kwargs={"code": code}), reverse("cases:tenant_messages", kwargs={"code": code}),
        reverse("cases:follow_data", kwargs={"code": code, "extension": "json"}),
        reverse("cases:follow_data", kwargs={"code": code, "extension": "html"}),
        reverse("cases:follow_photo", kwargs={"code": code, "uid": "0" * 8 + "-0000-4000-8000-" + "0" * 12}),
        reverse("cases:signal_step", kwargs={"slug": slug, "code": code, "step": "ou"}),
        reverse("cases:signal_receipt", kwargs={"slug": slug, "code": code}),
    ]  # fmt: skip


@pytest.mark.parametrize("position", range(7))
def test_a_wrong_code_counts_at_every_address(table: Table, monkeypatch: pytest.MonkeyPatch, position: int) -> None:
    for where in ("tenant", "intake_public"):
        monkeypatch.setattr(f"concertoit.field.cases.views.{where}.CODE_TRIES_PER_DAY", 3)
    right = made_intake.code(made_intake.report(table))
    client, page = Client(), reverse("cases:my_case", kwargs={"code": right})
    for number in range(3):
        assert client.get(page).status_code == 200, number
        assert client.get(coded(table, CODE)[position]).status_code == 404
    assert client.get(page).status_code == 404


def test_a_code_is_read_as_people_type_it_and_opens_only_its_own(table: Table) -> None:
    row, other = made_intake.report(table), made_intake.report(table, unit="9", photos=[made_intake.photo()])
    code = made_intake.code(row)
    for written in (code.lower(), "-".join([code[:4], code[4:8], code[8:]])):
        assert Client().get(reverse("cases:my_case", kwargs={"code": written})).status_code == 200
    photo = {"code": code, "uid": made_intake.photo_of(other).uid}
    assert Client().get(reverse("cases:follow_photo", kwargs=photo)).status_code == 404
    assert Client().get(f"/fichiers/{made_intake.photo_of(other).uid}/").status_code == 302


def test_pages_behind_a_code_are_kept_by_nobody(table: Table) -> None:
    row = made_intake.case(table, photos=[made_intake.photo()]).reports.get()
    code = made_intake.code(row)
    pages = [one for one in coded(table, code) if "photo" not in one]
    pages += [
        reverse("cases:follow_photo", kwargs={"code": code, "uid": made_intake.photo_of(row).uid}),
        reverse("cases:signal_step", kwargs={
            "slug": table.space.slug, "code": made_intake.draft_code(table), "step": "ou"
        }),
        reverse("cases:cell_link", kwargs={"token": made_cell.token(made_cell.cell_of(table))}),
        reverse("cases:cell_link_live", kwargs={"token": made_cell.token(made_cell.cell_of(table))}),
    ]  # fmt: skip
    for page in pages:
        response = Client().get(page)
        assert response.status_code in (200, 302), page
        assert "no-store" in response.headers["Cache-Control"], page
        assert "noindex" in response.headers["X-Robots-Tag"], page
        assert response.headers["Referrer-Policy"] == "same-origin", page
        assert "X-Offline-Page" not in response.headers, page


def test_a_link_to_a_cell_ends_some_time_after_the_cell(table: Table) -> None:
    """It reads the log to prepare what was learned, and then opens nothing: e-mails stay in boxes for years."""
    cell = made_cell.over(table)
    page = reverse("cases:cell_link", kwargs={"token": made_cell.token(cell)})
    assert Client().get(page).status_code == 200
    RapidResponse.objects.filter(pk=cell.pk).update(stood_down_at=timezone.now() - timedelta(days=31))
    assert Client().get(page).status_code == 404
    live = reverse("cases:cell_link_live", kwargs={"token": made_cell.token(cell)})
    assert Client().get(live).status_code == 404


@pytest.mark.once
def test_only_pages_without_a_household_open_without_network(table: Table) -> None:
    """What a lost phone shows: the day's entry, a grid to fill, an active cell; nothing else asks to be kept."""
    kept = set()
    for row in ROWS:
        if row.read is None or not row.name.startswith(
            ("cases:", "logbook:", "small_works:", "participation:", "ui:")
        ):
            continue
        with transaction.atomic():
            response = table.client("liaison").get(address(row, table))
            if "X-Offline-Page" in response.headers:
                kept.add(row.name)
            transaction.set_rollback(True)
    assert kept == {"cases:cell", "cases:grid_fill", "logbook:logbook"}


def test_the_token_of_the_queue_is_kept_by_nobody(table: Table) -> None:
    for client in (Client(), table.client("worker")):
        response = client.get(reverse("ui:offline_token"))
        assert "no-store" in response.headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in response.headers
        assert "@" not in response.content.decode()


# --- forms that anybody fills ---------------------------------------------------------------------------------------


def mediation(table: Table) -> tuple[str, dict[str, Any], Any]:
    place = made_participation.complex_of(table).pk
    return reverse("participation:mediation_ask", kwargs={"slug": table.space.slug}), {
        "subject": "noise", "role_a": "tenant", "complex_a": place, "name_a": "Prune", "reach_a": "450 555-0101",
        "role_b": "tenant", "consents": "on",
    }, MediationRequest  # fmt: skip


def works(table: Table) -> tuple[str, dict[str, Any], Any]:
    return reverse("small_works:ask", kwargs={"slug": table.space.slug}), {
        "municipality": table.municipality.pk, "address": "12, rue des Essais", "given_name": "Odile",
        "phone": "450 555-0142", "works": ["safety_bars"], "consent": "on",
    }, Request  # fmt: skip


@pytest.mark.parametrize("form", [mediation, works])
def test_a_public_form_is_not_a_way_to_fill_the_house(
    table: Table, form: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, values, model = form(table)
    for where in ("field.participation.views.mediation_private", "field.small_works.views.online"):
        monkeypatch.setattr(f"concertoit.{where}.REQUESTS_PER_DAY", 2)
    answers = [Client().post(url, values).status_code for _number in range(4)]
    assert answers == [302, 302, 422, 422]
    assert model.objects.count() == 2
    assert "appelez" in Client().post(url, values).content.decode().casefold()


def test_words_without_end_are_not_kept(table: Table) -> None:
    url, values, model = works(table)
    assert Client().post(url, {**values, "description": "a" * 2001}).status_code == 422
    assert not model.objects.exists()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
NOT_PICTURES = [
    ("photo.svg", "image/svg+xml", SVG), ("photo.jpg", "image/jpeg", SVG), ("photo.png", "image/png", b"<html>"),
    ("photo.pdf", "application/pdf", b"%PDF-1.7 x"), ("photo.jpg", "image/jpeg", b"%PDF-1.7 x"),
    ("photo.jpg", "image/jpeg", b""), ("photo.txt", "text/plain", b"texte"), ("a.csv", "image/jpeg", b"=1+1;2"),
    ("photo.webp", "image/webp", b"RIFF\x00\x00\x00\x00WAVE"), ("photo.gif", "image/gif", b"GIF89a" + bytes(20)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "content"), NOT_PICTURES)
def test_only_pictures_come_in_as_photos(table: Table, name: str, kind: str, content: bytes) -> None:
    with pytest.raises(DomainError):
        keep_photos(
            report_uid=made_intake.report(table).uid, space=table.space, actor=None,
            photos=[SimpleUploadedFile(name, content, content_type=kind)],
        )  # fmt: skip
    code = made_intake.draft_code(table)
    step = reverse("cases:signal_step", kwargs={"slug": table.space.slug, "code": code, "step": "photos"})
    response = Client().post(step, {"photos": SimpleUploadedFile(name, content, content_type=kind)})
    assert response.status_code == 422
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", ["../../../etc/passwd.jpg", "Zénobie à la cuisine.jpg", "a\x00.jpg", "CON.jpg"])
def test_the_name_of_a_photo_stays_on_the_phone(table: Table, name: str) -> None:
    picture = made_intake.photo()
    picture.name = name
    row = made_intake.report(table, photos=[picture])
    kept = made_intake.photo_of(row)
    assert re.fullmatch(r"photo-\d{8}-1\.jpe?g", kept.name)
    assert Path(kept.file.name).name == str(kept.uid)


# --- files brought by the team --------------------------------------------------------------------------------------


def package(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def lying(content: bytes) -> bytes:
    """An archive whose table of contents says that its first file is small."""
    head = content.index(b"PK\x01\x02")
    return content[: head + 24] + (10).to_bytes(4, "little") + content[head + 28 :]


HEADER = b"id,name,organization_id,status\n"
BAD_DIRECTORIES = {
    "deep": b"[" * 100_000 + b"]" * 100_000, "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "a number without end": b'{"id": ' + b"9" * 10_000 + b"}", "not json": b"{", "latin": "é".encode("latin-1"),
    "cut archive": package(services_dot_csv=HEADER)[:60], "no archive": b"PK\x03\x04" + bytes(100),
    "lies": lying(package(services_dot_csv=HEADER + b"x" * 1_000_000)),
    "a cell without end": package(services_dot_csv=HEADER + b'"' + b"x" * 300_000 + b'",a,b,c\n'),
    "null": package(services_dot_csv=b"id\0,name\n\0,x\n"), "bomb": package(services_dot_csv=bytes(60_000_000)),
    "nan": b'[{"id": NaN, "name": Infinity}]', "scalar": b"1", "string": b'"x"', "nulls": b"[null, null]",
}  # fmt: skip


@pytest.mark.parametrize("what", list(BAD_DIRECTORIES))
def test_a_directory_that_cannot_be_read_is_said_so(what: str) -> None:
    try:
        _bundle, problems = read_file(BAD_DIRECTORIES[what])
    except UnreadableFile:
        return
    assert any(one.serious for one in problems)


def test_nothing_of_an_archive_is_written_outside(table: Table, tmp_path: Path) -> None:
    """Names of members are only compared with those of the standard."""
    uid = "b1a7e9a4-0000-4000-8000-000000000001"
    row = f"{uid},Écoute,{uid},active\n".encode()
    evil = package(**{"..__..__..__etc__services_dot_csv": HEADER + row, "__tmp__evil_dot_sh": b"x"})
    _bundle, problems = read_file(evil)
    assert {one.id for one in problems if one.code == "orphan"} == {uid}, "it was read in memory, by its last name"
    assert any(one.code == "unknown_file" for one in problems)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cas.csv", b"Adresse;Ville\n" + b'"' + b"x" * 300_000 + b'"\n'), ("cas.csv", b"\xff\xfe" + bytes(200)),
        ("cas.xlsx", b"PK\x03\x04" + bytes(500)), ("cas.csv", b"\r\r\r"), ("cas.csv", b""),
        ("cas.xlsx", package(xl__workbook_dot_xml=b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>")),
        ("cas.xlsx", lying(package(xl__workbook_dot_xml=b"<a/>" * 10_000))),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_said_so(table: Table, name: str, content: bytes) -> None:
    url = reverse("cases:case_lists", kwargs={"slug": table.space.slug})
    response = table.client("liaison").post(url, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert "root:" not in response.content.decode()


# --- other systems --------------------------------------------------------------------------------------------------

ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<r><service_code>mould</service_code><address_string>&x;</address_string></r>"
)


def requests(table: Table, fmt: str = "json", **kwargs: str) -> str:
    name = "api:request" if kwargs else "api:requests"
    return reverse(name, kwargs={"slug": table.space.slug, "fmt": fmt, **kwargs})


@pytest.fixture
def key(table: Table) -> str:
    ApiKey.objects.all().delete()
    return give_key(viewer=table.viewer("coordinator"), system="311 d’essai")[1]


def test_a_body_in_xml_is_not_read(table: Table, key: str) -> None:
    """The standard posts a form: nothing parses XML that comes from outside, so that no entity is ever opened."""
    for kind in ("application/xml", "text/xml"):
        response = Client().post(requests(table, "xml"), ENTITIES, content_type=kind, headers={"X-Api-Key": key})
        assert response.status_code == 400
        assert b"root:" not in response.content
    assert not Report.objects.exists()
    for path in Path(concertoit.__file__).parent.glob("f*/**/*.py"):
        said = path.read_text()
        assert not re.search(r"ElementTree\.(parse|fromstring|XML)\b|etree\.(parse|fromstring|XML)\(", said), path


def test_a_key_opens_one_demarche_while_it_is_given(table: Table, key: str) -> None:
    said = {"service_code": "mould", "address_string": "1234, rue des Érables, app. 5"}
    sent = Client().post(requests(table), {**said, "api_key": key})
    number = sent.json()[0]["service_request_id"]
    table.other.tools = ["cases"]
    table.other.save()
    elsewhere = reverse("api:requests", kwargs={"slug": table.other.slug, "fmt": "json"})
    other = give_key(viewer=table.viewer("coordinator"), system="Autre 311")[1]
    assert Client().get(elsewhere, {"api_key": key}).status_code == 403
    for wrong in ("", key[:-1], key.swapcase(), f" {key}", key + "\x00", "%"):
        assert Client().get(requests(table), {"api_key": wrong}).status_code in (403, 404), wrong
    answer = Client().get(requests(table, reference=number), {"api_key": other})
    unknown = Client().get(requests(table, reference="S2026-9999"), {"api_key": other})
    assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content)
    assert Client().get(requests(table), {"api_key": other, "service_request_id": number}).json() == []
    retire_key(viewer=table.viewer("coordinator"), key_id=ApiKey.objects.get(system="311 d’essai").pk)
    assert Client().get(requests(table), {"api_key": key}).status_code == 403
    assert Client().post(requests(table), {**said, "api_key": key}).status_code == 403


@pytest.mark.parametrize("fmt", ["json", "xml"])
def test_what_a_system_sends_cannot_break_the_answer(table: Table, key: str, fmt: str) -> None:
    from xml.etree import ElementTree

    evil = "]]><x>&amp;\x0b\ufffe\ud7ff\x85</description>\U0001f600" + "a" * 100
    said = {"service_code": "mould", "address_string": "x" * 5000, "description": evil, "lat": "nan", "long": "1e999"}
    assert Client().post(requests(table, fmt), {**said, "api_key": key}).status_code == 400
    said |= {"lat": "45", "long": "-73", "first_name": "a" * 500, "media_url": "https://x.example/" + "a" * 5000}
    said |= {"attribute[unit]": DIGITS, "attribute[since]": DIGITS, "attribute[external_id]": DIGITS}
    assert Client().post(requests(table, fmt), {**said, "api_key": key}).status_code == 201
    content = Client().get(requests(table, fmt), {"api_key": key}).content
    if fmt == "xml":
        assert ElementTree.fromstring(content).find("request/description") is not None  # noqa: S314
    else:
        assert len(json.loads(content)) == 1


# --- what nobody types ----------------------------------------------------------------------------------------------


def names_asked() -> tuple[list[str], list[str]]:
    """What pages of the field read in addresses, and in forms without a form class."""
    said = "".join(path.read_text() for path in Path(concertoit.__file__).parent.glob("f*/**/*.py"))
    wanted = re.findall(r'request\.GET(?:\.get\(|\[)"(\w+)"', said), re.findall(r'(?:POST|data)\.get\("(\w+)"', said)
    found = [sorted(set(one)) for one in wanted]
    return found[0] + ["q", "page", "suivi", "partenaire", "ville", "service", "attention"], found[1]


HOSTILE = ("²", DIGITS, "-1 ' OR 1=1 -- \u202e{{7*7}}../../x")


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_address_of_the_field_breaks(table: Table, value: str) -> None:
    names, _posted = names_asked()
    rooms = ("cases:", "logbook:", "small_works:", "participation:", "directory:", "evaluation:", "api:")
    client = table.client("liaison")
    for row in [one for one in ROWS if one.read is not None and one.name.startswith(rooms)]:
        with transaction.atomic():
            where = address(row, table).partition("?")[0]
            assert client.get(where, dict.fromkeys(names, value)).status_code < 500, where
            transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["cases.order", "cases.report", "cases.pathstep", "cases.observation", "cases.case"])
@pytest.mark.parametrize("value", ["²", DIGITS, "-1", "a", "0", str(2**63)])
def test_files_hang_on_nothing_that_is_not(table: Table, kind: str, value: str) -> None:
    made.order_of(table)
    url = reverse("files:add", kwargs={"object_type": kind, "object_id": value})
    response = table.client("liaison").post(url, {"fichier": made_intake.photo()})
    assert response.status_code == 404
    assert not Attachment.objects.exists()


def test_acts_on_things_that_are_not(table: Table) -> None:
    """Every act of a page, with an identifier that is none."""
    _names, posted = names_asked()
    rooms = ("cases:", "participation:", "logbook:")
    rows = [one for one in ROWS if one.write is not None and one.name.startswith(rooms)]
    client = table.client("liaison")
    said = "".join(path.read_text() for path in Path(concertoit.__file__).parent.glob("field/*/views/*.py"))
    acts = sorted(set(re.findall(r'^\s+"([a-z]+)": _\w+', said, re.M) + re.findall(r'"([a-z]+)": _\w+,', said)))
    acted = [one for one in rows if one.data and "quoi" in dict(one.form(table))]
    for row in rows:
        for act in acts if row in acted else ["x"]:
            values = dict.fromkeys(posted, "²") | {"quoi": act}
            with transaction.atomic():
                where = address(row, table)
                assert client.post(where, values).status_code < 500, (where, act)
                transaction.set_rollback(True)


def test_objects_made_for_these_tests_are_real(table: Table) -> None:
    assert made_mediation.request(table).pk
    assert made_works.received(table).pk
