"""From a tenant's report to closure: two partners, a visit without network, a closure that is refused (I3, I8)."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from concertoit.field.cases.models import Case, Observation, Report
from concertoit.field.cases.services import assigning, visits
from tests.field.cases import made_grid, made_intake
from tests.field.cases import made_work as made
from tests.personas import VISITOR, Table

Browse = Callable[..., Page]
SOON = 20_000


def tell(tenant: Page, table: Table) -> str:
    """Fill the public form as a tenant does, in five steps with one photo; answer the page behind the code."""
    onward = tenant.get_by_role("button", name="Continuer")
    tenant.goto(f"/demarches/{table.space.slug}/signaler/")
    tenant.get_by_role("button", name="Commencer").click()
    expect(tenant.get_by_text("Étape 1 sur 5")).to_be_visible()
    # What is missing is said beside its field, and what was typed stays.
    tenant.get_by_label(re.compile("^Logement")).fill("5")
    onward.click()
    expect(tenant.locator(".field.is-wrong").get_by_text("Ce champ est obligatoire")).to_be_visible()
    expect(tenant.get_by_label(re.compile("^Logement"))).to_have_value("5")
    tenant.get_by_label("Adresse").fill("1234, rue des Érables")
    onward.click()
    expect(tenant.get_by_text("Étape 2 sur 5")).to_be_visible()
    tenant.get_by_label("Moisissures, humidité").check()
    tenant.get_by_label("Pas assez de chauffage").check()
    tenant.get_by_label(re.compile("Dites-le dans vos mots")).fill("Les murs coulent dans la chambre.")
    onward.click()
    expect(tenant.get_by_text("Étape 3 sur 5")).to_be_visible()
    picture = made_intake.photo()
    tenant.locator("input[type=file]").set_input_files(
        {"name": "IMG_1234.jpg", "mimeType": "image/jpeg", "buffer": picture.read()}
    )
    onward.click()
    expect(tenant.get_by_text("Étape 4 sur 5")).to_be_visible()
    tenant.get_by_label(re.compile("^Prénom")).fill("Zénobie")
    tenant.get_by_label(re.compile("^Téléphone")).fill("450 555-0142")
    tenant.get_by_label("Me joindre au sujet de mon signalement").check()
    tenant.get_by_label("Donner mon nom et mes coordonnées").check()
    onward.click()
    expect(tenant.get_by_text("Étape 5 sur 5")).to_be_visible()
    expect(tenant.locator(".review")).to_contain_text("Les murs coulent dans la chambre.")
    tenant.get_by_role("button", name="Envoyer mon signalement").click()
    expect(tenant.get_by_role("heading", name="Votre signalement est reçu")).to_be_visible()
    code = tenant.locator(".big-code").inner_text()
    # The code is what brings one back: typed at the door, as on another phone.
    tenant.goto("/suivi/")
    tenant.get_by_label("Votre code de suivi").fill(code.lower())
    tenant.get_by_role("button", name="Ouvrir").click()
    expect(tenant.get_by_text("Reçu. L’équipe va le lire.")).to_be_visible()
    return tenant.url


def test_from_a_report_to_closure(table: Table, browse: Browse) -> None:
    made_grid.competent(table, "worker", "inspection")
    made.mandate_of(table, "town", ("inspection",))
    made.mandate_of(table, "x", ("fire",))
    tenant = browse(VISITOR, narrow=True)
    behind_the_code = tell(tenant, table)
    report = Report.objects.get()
    # The liaison reads the report, opens a case, gives it to somebody, and asks a partner.
    liaison = browse("liaison")
    liaison.goto(f"/demarches/{table.space.slug}/signalements/")
    liaison.get_by_role("link", name=report.reference).click()
    expect(liaison.get_by_text("Les murs coulent dans la chambre.")).to_be_visible()
    expect(liaison.locator("#photos").get_by_role("link", name=re.compile(r"\.jpg"))).to_have_count(1)
    liaison.get_by_role("button", name="Ouvrir un nouveau dossier").click()
    expect(liaison.get_by_text("Personne ne suit ce dossier", exact=True)).to_be_visible()
    case = Case.objects.get()
    base = f"/demarches/{table.space.slug}/dossiers/{case.reference}/"
    expect(liaison).to_have_url(re.compile(re.escape(base)))
    liaison.get_by_role("link", name="Confier le suivi").click()
    liaison.get_by_label("Suivi par").select_option(label="Karim Terrain")
    liaison.get_by_role("button", name="Enregistrer").click()
    expect(liaison.get_by_text("Personne ne suit ce dossier")).to_have_count(0)
    liaison.get_by_role("link", name="Demander à un partenaire").click()
    liaison.get_by_label("Organisme").select_option(label=str(table.organisations["town"]))
    liaison.get_by_label("Pour", exact=True).select_option("inspection")
    liaison.get_by_label("Ce qui est demandé").fill("Voir l’immeuble")
    liaison.get_by_role("button", name="Envoyer la demande").click()
    expect(liaison.locator("#partenaires").get_by_text("À accepter")).to_be_visible()
    other = made.asked(table, Case.objects.get(pk=case.pk), organisation="x", competence="fire")
    # One partner accepts in the application: only then does it see the dwelling. The other one by its link.
    partner = browse("responder", narrow=True)
    partner.goto(base)
    expect(partner.get_by_text("Qui habite là, le numéro du logement")).to_be_visible()
    partner.locator("#attendu").get_by_role("button", name="Accepter").click()
    expect(partner.get_by_text("Qui habite là, le numéro du logement")).to_have_count(0)
    link = assigning.send_link(viewer=table.viewer("liaison"), assignment=other, email="caserne@exemple.test")
    outside = browse(VISITOR, narrow=True)
    outside.goto(f"/dossiers/partenaire/{assigning.token_of(link)}/")
    outside.get_by_role("button", name="Oui, nous nous en occupons").click()
    expect(outside.get_by_text("votre réponse est notée")).to_be_visible()
    # A visit without network.
    plan = visits.VisitPlan("inspection", case.known_at, member=table.membership("worker"))
    visits.plan_visit(viewer=table.viewer("liaison"), case=Case.objects.get(pk=case.pk), plan=plan)
    worker = browse("worker", narrow=True)
    worker.goto(f"{base}grille/remplir/")
    worker.context.set_offline(True)
    part = worker.locator("#HUM")
    part.locator("summary").click()
    part.locator("[data-point]").first.get_by_label("Très mauvais").check()
    part.get_by_role("button", name="Garder").click()
    expect(worker.get_by_text("1 saisie pas encore envoyée")).to_be_visible()
    assert not Observation.objects.exists()
    worker.context.set_offline(False)
    expect(worker.get_by_text("1 saisie pas encore envoyée")).to_be_hidden(timeout=SOON)
    assert Observation.objects.count() == 1
    worker.goto(f"/demarches/{table.space.slug}/dossiers/mes-visites/")
    worker.get_by_role("link", name="Raconter la visite").first.click()
    worker.get_by_label("Faite", exact=True).check()
    worker.get_by_role("button", name="Enregistrer").click()
    expect(worker.locator("#delais").get_by_text("Dans les délais")).to_be_visible()
    # Resolved, refused by the household from its page, then closed.
    worker.get_by_text("Agir", exact=True).click()
    worker.get_by_role("link", name="Noter que c’est réglé").click()
    worker.get_by_label("Ce qui a été fait, ou pourquoi").fill("Mur refait")
    worker.get_by_role("button", name="Noter que c’est réglé").click()
    tenant.goto(behind_the_code)
    tenant.get_by_label("Non : qu’est-ce qui reste?").fill("Ça sent encore")
    tenant.locator("form:has(#pas-regle) button").click()
    liaison.goto(base)
    expect(liaison.get_by_text("Ça sent encore")).to_be_visible()
    liaison.goto(f"{base}fermer/")
    liaison.get_by_label("Travaux faits").check()
    liaison.get_by_label(re.compile("salubre, sain et sécuritaire")).check()
    liaison.get_by_label("Ce qui a été fait").fill("Deuxième passage, mur sec")
    liaison.get_by_role("button", name="Fermer le dossier").click()
    expect(liaison.get_by_text("Deuxième passage, mur sec").first).to_be_visible()
    closed = Case.objects.get(pk=case.pk)
    assert (closed.state, closed.living) == ("closed", "better")
