"""A démarche decides, five people at once: ideas from phones, a prioritisation, consent, the version in force (L3, L5,
L6). One story: what was said under a hat is in the plan that is adopted."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.core import mail
from playwright.sync_api import Locator, Page, expect

from concertoit.ground.core.jobs.worker import work
from tests.personas import VISITOR, Table

Browse = Callable[..., Page]
# What is asked again by pages (every 2, 4 or 6 seconds) comes within this time, in milliseconds.
RENEWED = 15_000
ACTION = "Ouvrir un guichet du logement"
AMENDED = "Ouvrir un guichet du logement, en personne et par téléphone"
IDEAS = {
    "coco": "Un lieu où tout demander",
    "partner": "Un guichet pour les locataires",
    "contributor": "Visiter les terrains vacants",
    "elected": "Le même guichet pour tout le monde",
    "phone": "Des loyers affichés",
}
KEPT = "Un guichet qui se déplace"


@dataclass
class Cast:
    """The browsers: who facilitates, four people of the table, and a phone without an account."""

    coordinator: Page
    coco: Page
    partner: Page
    contributor: Page
    elected: Page
    phone: Page

    @property
    def table(self) -> list[Page]:
        return [self.coco, self.partner, self.contributor, self.elected]


def press_together(buttons: list[Locator]) -> None:
    """Press a button in each browser at the same moment, instead of one after the other."""
    for button in buttons:
        expect(button).to_be_visible()
    moment = time.time() * 1000 + 400
    for button in buttons:
        button.evaluate("(button, at) => { setTimeout(() => button.click(), at - Date.now()); }", moment)


def see(page: Page, text: str) -> None:
    """Wait until the page shows this, by itself where it asks again."""
    expect(page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=RENEWED)


def arrived(page: Page, folder: str) -> str:
    """Wait for the page of what was just made, and give its address."""
    page.wait_for_url(re.compile(rf"/{folder}/\d+/(#.*)?$"))
    return page.url.partition("#")[0]


def confirm(page: Page) -> None:
    """Say yes in the dialog that asks."""
    page.get_by_role("dialog").get_by_role("button", name="Confirmer").click()


def mailed_link(path: str) -> str:
    """Let the worker send what waits, and take the last personal link of this kind."""
    work(once=True)
    found = [link for message in mail.outbox for link in re.findall(rf"{path}[\w-]+/", str(message.body))]
    assert found, "nobody was written a personal link"
    return found[-1]


def test_five_people_decide_together(table: Table, browse: Browse) -> None:
    cast = Cast(
        coordinator=browse("coordinator"), coco=browse("coco"), partner=browse("partner"),
        contributor=browse("contributor"), elected=browse("elected", narrow=True), phone=browse(VISITOR, narrow=True),
    )  # fmt: skip
    start = f"/demarches/{table.space.slug}/decider/"
    hold_a_workshop(cast, start, projector=browse("coordinator"))
    sort_into_an_action(cast)
    prioritise(cast, start, town=str(table.organisations["town"]))
    consent_to_the_axis(cast, start, objector=str(table.y))
    adopt_the_rest(cast)
    put_in_force(cast, f"/demarches/{table.space.slug}/plan/")


# --- a workshop -----------------------------------------------------------------------------------------------------


def hold_a_workshop(cast: Cast, start: str, projector: Page) -> None:
    """Five ideas at the same time under the open hat, and a sixth written while the network was away."""
    page = cast.coordinator
    page.goto(f"{start}ateliers/nouveau/")
    page.get_by_label("Titre").fill("Atelier des six chapeaux")
    page.get_by_label("La question à laquelle on réfléchit").fill("Comment loger tout le monde?")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Ouvrir l’atelier").click()
    workshop = arrived(page, "ateliers")
    code = page.locator(".code-big").inner_text()
    projector.goto(f"{workshop}mur/")
    for member in cast.table:
        member.goto(f"{workshop}participer/")
    cast.phone.goto("/atelier/")
    cast.phone.get_by_label("Code de l’atelier").fill(code.lower())
    cast.phone.get_by_role("button", name="Entrer").click()
    expect(cast.phone.get_by_role("main")).to_contain_text("Aucun chapeau n’est ouvert")

    page.get_by_role("button", name="Ouvrir", exact=True).first.click()
    everybody = [*cast.table, cast.phone]
    for person, idea in zip(everybody, IDEAS.values(), strict=True):
        see(person, "Chapeau bleu")
        person.get_by_label("Votre idée, une à la fois").fill(idea)
    press_together([person.get_by_role("button", name="Envoyer") for person in everybody])
    for person in everybody:
        expect(person.get_by_role("region", name="Mes idées")).to_contain_text("Reçue")
    for idea in IDEAS.values():
        see(projector, idea)
    projector.close()
    lose_the_network(cast)


def lose_the_network(cast: Cast) -> None:
    """The hat is closed while the phone is away: what was written under it still arrives, once."""
    phone, mine = cast.phone, cast.phone.get_by_role("region", name="Mes idées")
    phone.context.set_offline(True)
    phone.get_by_label("Votre idée, une à la fois").fill(KEPT)
    phone.get_by_role("button", name="Envoyer").click()
    expect(mine).to_contain_text("1 à envoyer. Gardez cette page")
    expect(mine.get_by_role("listitem").filter(has_text=KEPT)).to_contain_text("À envoyer dès que le réseau revient")

    cast.coordinator.get_by_role("main").get_by_role("button", name="Fermer", exact=True).click()
    see(cast.partner, "Aucun chapeau n’est ouvert")
    phone.context.set_offline(False)
    expect(mine.get_by_role("listitem").filter(has_text=KEPT)).to_contain_text("Reçue", timeout=RENEWED)
    expect(mine.get_by_text("à envoyer. Gardez cette page")).to_be_hidden()


def sort_into_an_action(cast: Cast) -> None:
    """Duplicates are merged, ideas grouped, the group becomes an action of the draft; the workshop ends."""
    page = cast.coordinator
    page.get_by_role("link", name="Trier les idées").click()
    for idea in (IDEAS["partner"], IDEAS["elected"]):
        page.get_by_role("checkbox", name=idea).check()
    page.get_by_role("button", name="Fusionner les doublons").click()
    see(page, "2 idées fusionnées")
    see(page, "dite 2 fois")
    page.get_by_role("listitem").filter(has_text="dite 2 fois").get_by_role("checkbox").check()
    page.get_by_role("checkbox", name=KEPT).check()
    page.get_by_label("Nouveau groupe").fill("Guichet")
    page.get_by_role("button", name="Grouper", exact=True).click()
    page.get_by_role("link", name="En faire une action : Guichet").click()

    for idea in (IDEAS["partner"], IDEAS["elected"], KEPT):
        expect(page.get_by_label("Description")).to_have_value(re.compile(idea))
    page.get_by_label("Titre de l’action proposée").fill(ACTION)
    page.get_by_label("Où la placer dans l’ébauche").select_option(index=0)
    page.get_by_role("button", name="Proposer l’action").click()
    expect(page.get_by_role("region", name="Guichet")).to_contain_text(ACTION)

    page.get_by_role("link", name="Atelier des six chapeaux").click()
    page.get_by_role("button", name="Terminer l’atelier").click()
    confirm(page)
    see(cast.phone, "L’atelier est terminé")


# --- a prioritisation -----------------------------------------------------------------------------------------------


def prioritise(cast: Cast, start: str, town: str) -> None:
    """Three organisations answer, one of them by its personal link; the coco reads what came out."""
    page = cast.coordinator
    page.goto(f"{start}priorisations/nouvelle/")
    page.get_by_label("Titre").fill("Nos priorités")
    page.get_by_role("button", name="Enregistrer").click()
    form = arrived(page, "priorisations")
    page.get_by_role("link", name="Inviter").click()
    page.get_by_role("button", name="Ajouter à la liste").click()
    page.get_by_role("link", name=f"Modifier : {town}").click()
    page.get_by_label("Courriel").fill("greffe@exemple.test")
    page.get_by_role("button", name="Ajouter cette personne").click()
    page.goto(form)
    page.get_by_role("button", name="Ouvrir le formulaire").click()
    confirm(page)
    see(page, "C’est ouvert")

    for member in cast.table:  # nobody asks again while the worker writes
        member.goto(form)
    cast.phone.goto("about:blank")
    cast.phone.goto(mailed_link("/priorites/"))
    for member in (cast.partner, cast.contributor):
        member.get_by_role("link", name="Répondre : Votre avis").click()
    everybody = [cast.partner, cast.contributor, cast.phone]
    for person, grade in zip(everybody, ("Essentiel", "Important", "Essentiel"), strict=True):
        person.get_by_role("group", name=ACTION).get_by_role("radio", name=grade).check()
        expect(person.locator("#avancement")).to_contain_text("Enregistré")
    assert cast.phone.evaluate("document.documentElement.scrollWidth") <= 390
    press_together([person.get_by_role("button", name="J’ai terminé") for person in everybody])
    for person in everybody:
        see(person, "Votre réponse est complète")

    page.reload()
    expect(page.get_by_role("main")).to_contain_text("3 ont dit avoir terminé")
    page.get_by_role("button", name="Fermer et compter").click()
    confirm(page)
    expect(page.get_by_role("heading", name="À mener en premier")).to_be_visible()
    cast.coco.goto(form)
    cast.coco.get_by_role("link", name="Voir les priorités").click()
    first = cast.coco.get_by_role("region", name="À mener en premier")
    expect(first).to_contain_text(ACTION)
    expect(first).to_contain_text("médiane : essentiel")
    expect(first).to_contain_text("3 avis")


# --- consent --------------------------------------------------------------------------------------------------------


def step(page: Page, name: str) -> None:
    """Press what the facilitator's screen offers next."""
    page.get_by_role("region", name="Étape suivante").get_by_role("button", name=name, exact=True).click()


def consent_to_the_axis(cast: Cast, start: str, objector: str) -> None:
    """Questions, reactions, an objection, its integration, the next round."""
    page = cast.coordinator
    page.goto(f"{start}adoptions/nouvelle/")
    page.get_by_role("button", name="Préparer la séance").click()
    session = arrived(page, "consentements")
    for name in ("Axe 1", "Budget", "Fiduciaire"):
        expect(page.get_by_role("heading", name=name).first).to_be_visible()
    page.get_by_role("link", name="Animer").first.click()
    step(page, "Questions de clarification")
    for member in cast.table:
        member.goto(f"{session}repondre/")
        expect(member.get_by_role("main")).to_contain_text(ACTION)
    cast.partner.get_by_label("Votre question").fill("Où serait-il?")
    cast.partner.get_by_role("button", name="Poser la question").click()
    see(page, "Où serait-il?")

    step(page, "Réactions")
    for member in cast.table:
        member.goto(f"{session}repondre/")
    reactions = ("J’appuie", "J’appuie", "J’ai une préoccupation", "Je m’interroge")
    press_together([
        member.get_by_role("button", name=said) for member, said in zip(cast.table, reactions, strict=True)
    ])  # fmt: skip
    for member in cast.table:
        see(member, "Votre réaction est notée")

    step(page, "Consentement ou objection")
    for member in cast.table:  # their pages follow by themselves
        choice = "Nous avons une objection" if member is cast.contributor else "Nous consentons"
        see(member, "Pouvez-vous vivre avec cette proposition?")
        member.get_by_text(choice, exact=True).click()
    cast.contributor.get_by_label("La raison de l’objection").fill("Tout le monde ne peut pas se déplacer.")
    press_together([member.get_by_role("button", name="Dire cette voix") for member in cast.table])
    for member in cast.table:
        see(member, "est notée")
    see(page, "4 sur 4")
    expect(page.get_by_role("link", name="Tout le monde ne peut pas se déplacer.")).to_be_visible()
    integrate(cast, session, objector)


def integrate(cast: Cast, session: str, objector: str) -> None:
    """The draft itself changes; the table sees which words, and consents to the next round."""
    page = cast.coordinator
    step(page, "Passer à l’intégration")
    withdrawing = cast.contributor.get_by_role("button", name="Retirer l’objection")
    withdrawing.click()  # the page is renewed under the question, which still stands
    see(cast.contributor, "Intégration des objections")
    cast.contributor.get_by_role("dialog").get_by_role("button", name="Revenir").click()
    expect(withdrawing).to_be_focused()
    page.get_by_role("link", name="Intégrer par un amendement").first.click()
    expect(page.get_by_role("main")).to_contain_text(objector)
    element = page.get_by_label("Élément de l’ébauche à récrire")
    element.select_option(element.locator("option", has_text=ACTION).get_attribute("value"))
    page.get_by_label("Ce qui change, en mots").fill("Le guichet répond aussi au téléphone.")
    page.get_by_label("Son nouveau libellé").fill(AMENDED)
    page.get_by_role("button", name="Intégrer et ouvrir le tour suivant").click()

    for member in cast.table:  # their pages follow by themselves, the objector's too
        see(member, "Le guichet répond aussi au téléphone.")
    page.get_by_role("link", name="Animer").click()
    everybody_consents(cast.table)
    see(page, "4 sur 4")
    step(page, "Adoptée")
    see(page, "Adoptée par consentement")
    page.goto(session)
    expect(page.get_by_role("main")).to_contain_text("1 sur 3")


def everybody_consents(people: list[Page]) -> None:
    """Each says the voice of its organisation, all at the same moment."""
    for member in people:
        member.get_by_role("link", name="Passer à la voix de mon organisme").click()
        member.get_by_text("Nous consentons", exact=True).click()
    press_together([member.get_by_role("button", name="Dire cette voix") for member in people])
    for member in people:
        see(member, "est notée")


def adopt_the_rest(cast: Cast) -> None:
    """The budget, then the fiscal agent."""
    page, session = cast.coordinator, cast.coordinator.url
    for name in ("Budget", "Fiduciaire"):
        page.goto(session)
        page.get_by_role("link", name=f"Animer : {name}").click()
        step(page, "Consentement ou objection")
        for member in cast.table:
            member.goto(f"{session}repondre/")
            expect(member.get_by_role("heading", level=1)).to_have_text(name)
        everybody_consents(cast.table)
        step(page, "Adoptée")
        see(page, "Adoptée par consentement")
    page.goto(session)


def put_in_force(cast: Cast, plan: str) -> None:
    """The version is frozen with its acts; anybody can compute its fingerprint again, and everybody reads it."""
    page = cast.coordinator
    page.get_by_role("link", name="Mettre le plan en vigueur").click()
    page.get_by_role("button", name="Figer et mettre en vigueur").click()
    see(page, "Vérifiés à l’instant")
    expect(page.get_by_role("main")).to_contain_text("Tout le monde ne peut pas se déplacer.")
    expect(page.get_by_role("main")).to_contain_text("4 consentent, 0 sous réserve de leur CA, 0 objectent")

    page.get_by_role("link", name="Voir la version figée").click()
    see(page, "Vérifiée à l’instant")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Texte figé (JSON)").click()
    expect(page.get_by_role("main")).to_contain_text(sha256(waiting.value.path().read_bytes()).hexdigest())
    for member in cast.table:
        member.goto(plan)
        expect(member.get_by_role("main")).to_contain_text("Version 2")
        expect(member.get_by_role("main")).to_contain_text(AMENDED)
