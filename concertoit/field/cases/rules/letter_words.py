"""The words that letters are made of, in French and in English: problems, steps and what came of them, what is asked."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from concertoit.field.cases.rules.rights import Said
from concertoit.ground.core.typography import MONTHS

STEPS = {
    "verbal": Said(
        "le {day}, le propriétaire en a été avisé de vive voix", "on {day}, the landlord was told in person"
    ),
    "letter": Said(
        "le {day}, une lettre recommandée lui a été envoyée", "on {day}, a registered letter was sent to the landlord"
    ),
    "inspection": Said(
        "le {day}, le service d’inspection a été saisi", "on {day}, the inspection service was notified"
    ),
    "tribunal": Said(
        "le {day}, une demande a été déposée au Tribunal", "on {day}, an application was filed with the Tribunal"
    ),
}
RESULTS = {
    "done": Said("des travaux ont été faits", "work was done"),
    "promised": Said("un engagement a été pris", "a commitment was made"),
    "granted": Said("la demande a été accueillie", "the request was granted"),
    "refused": Said("la réponse a été un refus", "the answer was a refusal"),
    "silent": Said("aucune réponse n’a suivi", "there was no answer"),
    "dropped": Said("la démarche a été abandonnée", "the step was dropped"),
}
ASKS = {
    "works": Said("les travaux nécessaires", "the necessary work"),
    "reduction": Said(
        "une diminution de loyer pour la durée de la situation", "a rent reduction for as long as this lasts"
    ),
    "deposit": Said(
        "l’autorisation de déposer le loyer au greffe", "permission to deposit the rent with the Tribunal"
    ),
    "damages": Said("des dommages et intérêts", "damages"),
}
# What was told, by its code (``enums.intake.Problem``): a letter says it in its own language, whoever writes it.
PROBLEMS = {
    "mould": Said("des moisissures ou de l’humidité", "mould or dampness"),
    "water": Said("une infiltration ou un dégât d’eau", "a leak or water damage"),
    "cold": Said("un chauffage insuffisant", "not enough heating"),
    "pests": Said("des insectes, des souris ou des rats", "insects, mice or rats"),
    "wiring": Said("une installation électrique dangereuse", "dangerous wiring"),
    "gas": Said(
        "un risque lié au gaz, au mazout ou au monoxyde de carbone", "a risk from gas, heating oil or carbon monoxide"
    ),
    "plumbing": Said("la plomberie, la toilette ou l’eau chaude", "the plumbing, the toilet or the hot water"),
    "structure": Said(
        "un plancher, un balcon, un escalier ou un mur abîmé", "a damaged floor, balcony, stairs or wall"
    ),
    "exit": Said("une sortie bloquée ou une alarme absente", "a blocked exit or a missing alarm"),
    "dirt": Said("de la saleté ou des déchets dans l’immeuble", "dirt or garbage in the building"),
    "lock": Said("une porte, une fenêtre ou une serrure brisée", "a broken door, window or lock"),
    "crowding": Said(
        "une chambre sans fenêtre ou trop peu d’espace", "a bedroom without a window or too little space"
    ),
}


def spoken(day: date, language: str) -> str:
    """A day as a letter says it: ``3 novembre 2026``, ``1er mai 2026``, ``November 3, 2026``."""
    if language == "en":
        return format_date(day, "MMMM d, y", locale="en_CA")
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
