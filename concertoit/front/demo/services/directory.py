"""The directories of the field: services as they are told, records of all ages, and referrals with what became of them.

Kinds of services are those of these regions; names, hours and words are ours, and numbers are invented (555-01xx).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from concertoit.field.directory.models import Listing, Service
from concertoit.field.directory.rules.record import Area, Record, read_hours
from concertoit.field.directory.services import confirming, records
from concertoit.field.directory.services.records import ServiceFacts
from concertoit.field.logbook.models import Term
from concertoit.field.logbook.queries.referrals import reasons_for
from concertoit.field.logbook.services import referral_links, referrals
from concertoit.field.logbook.services.referrals import Consent, ReferralFacts
from concertoit.front.demo.services.clock import ago, at
from concertoit.front.demo.services.field import BRIGADE, LAVAL, SUPPORT
from concertoit.ground.identity.models import Organisation, User
from concertoit.ground.places.models import Mrc, Municipality
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for

DATA = Path(__file__).resolve().parent.parent / "data" / "services.txt"
WRITERS = {BRIGADE: "josee", SUPPORT: "mireille", LAVAL: "rita"}
LANGUAGES = {"fr": ["fr"], "fr en": ["fr", "en"], "tous": ["fr", "en", "es", "ar"]}


def tell_directory(users: dict[str, User], spaces: dict[str, Space], organisations: dict[str, Organisation]) -> None:
    """Write the services, confirm most of them at some time, retire one, then tell the referrals."""
    viewers = {slug: viewer_for(users[who], slug) for slug, who in WRITERS.items()}
    known: dict[str, Service] = {}
    for number, block in enumerate(DATA.read_text(encoding="utf-8").split("\n\n")):
        lines = dict(line.split(" : ", 1) for line in block.strip().splitlines() if " : " in line)
        if lines:
            known[lines["nom"]] = _service(viewers, organisations, lines, number)
    _everywhere(viewers, known)
    old, new = known["Popote du vieux quartier"], known["Popote roulante de la rive"]
    with at(ago(40, 10)):
        records.retire(viewer=viewers[SUPPORT], service_id=old.pk, replaced_by=new)
    _answers(viewers, known)
    for slug, who in ((SUPPORT, ("denis", "aicha", "mireille")), (LAVAL, ("ines",))):
        _referrals([viewer_for(users[one], slug) for one in who], known)


def _service(
    viewers: dict[str, Viewer], organisations: dict[str, Organisation], said: dict[str, str], number: int
) -> Service:
    viewer = viewers[said["démarche"]]
    week = [read_hours(one) for one in said.get("horaire", "||||||").split("|")]
    street, _comma, city = said.get("adresse", "").rpartition(", ")
    record = Record(
        phone=said["téléphone"], street=street, city=city, postal_code=said.get("code postal", ""),
        accessibility=said.get("accès", ""), week=week, areas=_areas(said["territoire"]),
        languages=LANGUAGES[said.get("langues", "fr")], needs=said["besoins"].split(),
        clienteles=said.get("pour", "").split(), documents=[one for one in [said.get("documents", "")] if one],
    )  # fmt: skip
    low, _dash, high = said.get("âge", "").partition("-")
    values: dict[str, Any] = {
        "name": said["nom"], "description": said["quoi"], "name_en": said.get("name", ""),
        "description_en": said.get("what", ""), "application_process": said.get("comment", ""),
        "eligibility_description": said.get("à qui", ""), "fees_description": said.get("coût", "Gratuit."),
        "wait_time": said.get("attente", ""), "alert": said.get("avis", ""),
        "email": f"accueil{number}@exemple.test", "open_on_holidays": said.get("fériés") == "ouvert",
        "minimum_age": float(low) if low else None, "maximum_age": float(high) if high else None,
    }  # fmt: skip
    days = int(said.get("confirmé", "0"))
    facts = ServiceFacts(organisations.get(said["organisme"]), said["organisme"], values, record)
    with at(ago(days + 20 if days else 60, 10)):
        service = records.save_service(viewer=viewer, facts=facts)
    if days:
        with at(ago(days, 10)):
            confirming.confirm_by_voice(viewer=viewer, service_id=service.pk)
    return service


def _areas(written: str) -> list[Area]:
    """« Québec », codes of MRC, or names of towns."""
    if written == "Québec":
        return [Area("everywhere", "QC", "Québec")]
    mrcs = {one.code: one.name for one in Mrc.objects.filter(code__in=written.split()).defer("boundary")}
    if mrcs:
        return [Area("mrc", code, name) for code, name in mrcs.items()]
    towns = Municipality.objects.filter(name__in=[one.strip() for one in written.split(",")])
    return [Area("municipality", one.code, one.name) for one in towns.order_by("name")]


def _everywhere(viewers: dict[str, Viewer], known: dict[str, Service]) -> None:
    """Lines that answer all Québec are shown in the three directories."""
    for service in known.values():
        if service.open_on_holidays:
            for viewer in viewers.values():
                if not Listing.objects.filter(space=viewer.space, service=service).exists():
                    records.show(viewer=viewer, service_id=service.pk)


def _answers(viewers: dict[str, Viewer], known: dict[str, Service]) -> None:
    """Organisations that answered by their link: one says that its record is right, one that something changed."""
    viewer = viewers[SUPPORT]
    for name, said, words in (
        ("Cuisines du partage", "right", ""),
        ("Dépannage alimentaire de Sainte-Marie", "changed", "Nous ouvrons maintenant le mardi soir, de 17 h à 19 h."),
    ):
        with at(ago(9, 10)):
            ask = confirming.ask(viewer=viewer, service_id=known[name].pk, email="direction@exemple.test")
        with at(ago(6, 14)):
            confirming.answer(token=confirming.token_of(ask), said=said, words=words)
    with at(ago(3, 10)):
        confirming.ask(
            viewer=viewers[BRIGADE], service_id=known["Défense des locataires de la Rive-Sud"].pk,
            email="direction@exemple.test",
        )  # fmt: skip


# The same stories happened before, so many days earlier: figures need numbers.
PASSES = (140, 0)
# Days since the referral, then what happened so many days after: by the worker, or by the resource's link (« @ »).
STORIES: tuple[tuple[str, int, tuple[tuple[int, str, str], ...]], ...] = (
    ("Cuisines du partage", 120, ((2, "accepted", ""), (9, "received", ""))),
    ("Cuisines du partage", 96, ((3, "@received", ""),)),
    ("Comptoir budget des familles", 88, ((5, "@waiting", ""), (40, "received", ""))),
    ("Accueil psychosocial de Lévis", 80, ((6, "refused", "territory"),)),
    ("Accueil psychosocial de Lévis", 75, ((4, "accepted", ""), (20, "received", ""))),
    ("Soutien à domicile de la Beauce", 70, ((30, "night", ""),)),
    ("Cuisines du partage", 61, ((1, "received", ""),)),
    ("Accompagnement aux rendez-vous", 54, ((3, "@refused", "full"),)),
    ("Comptoir budget des familles", 45, ((30, "night", ""),)),
    ("Maison d’entraide des aînés", 38, ((2, "@accepted", ""), (12, "received", ""))),
    ("Accueil psychosocial de Lévis", 33, ((7, "given_up", ""),)),
    ("Maison d’entraide des aînés", 22, ((4, "@accepted", ""),)),
    ("Dépannage alimentaire de Sainte-Marie", 13, ((10, "night", ""),)),
    ("Accompagnement aux rendez-vous", 5, ((3, "@waiting", ""),)),
    ("Comptoir budget des familles", 3, ()),
    ("Cuisines du partage", 1, ((0, "proposed", ""),)),
)


def _referrals(viewers: list[Viewer], known: dict[str, Service]) -> None:
    """The same stories for each démarche that shows the service, the workers by turns."""
    space = viewers[0].space
    shown = set(Listing.objects.filter(space=space).values_list("service_id", flat=True).order_by("pk"))
    reasons = list(reasons_for(space, timezone.localdate()))
    passes = [(name, days + before, news) for before in PASSES for name, days, news in STORIES if before == 0 or news]
    for turn, (name, days, news) in enumerate(passes if reasons else ()):
        service = known[name]
        if service.pk in shown:
            _story(viewers[turn % len(viewers)], service, reasons[turn % len(reasons)], days, news)


def _story(viewer: Viewer, service: Service, reason: Term, days: int, news: tuple[tuple[int, str, str], ...]) -> None:
    proposed = any(to == "proposed" for _after, to, _why in news)
    linked = any(to.startswith("@") for _after, to, _why in news)
    destination = "cisss" if service.organisation.kind == "health_network" else "community"
    with at(ago(days, 10)):
        row = referrals.refer(
            viewer=viewer,
            facts=ReferralFacts(
                destination=destination, main_reason=reason, service=service,
                consent=None if proposed else Consent(), told=not proposed,
            ),
        )  # fmt: skip
        if linked:
            row = referral_links.send_link(viewer=viewer, referral_id=row.pk, email=service.email)
    for after, to, why in news:
        with at(ago(days - after, 15)):
            if to == "proposed":
                continue
            if to == "night":
                referral_links.remind_and_expire(space=viewer.space, today=timezone.localdate())
            elif to.startswith("@"):
                _answered(row, to.removeprefix("@"), why)
            else:
                referrals.move(viewer=viewer, referral_id=row.pk, to=to, refusal=why)


def _answered(row: Any, to: str, why: str) -> None:
    referral_links.answer(token=referral_links.token_of(row), to=to, refusal=why)
