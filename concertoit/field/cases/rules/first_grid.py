"""The first grid that a démarche starts from (edition 0): eight dimensions, 38 points. The partners make it theirs.

Source: comparison of the French grids (DGS ``FR-DGS``, Histologe), the by-law 03-096 and the preventive grid of Montréal,
INSPQ's guides on moulds and on unsanitary dwellings, New York's HPD classes, the Clutter Image Rating (CIR), the by-law
9 of Lanoraie, CMHC's National Occupancy Standard, and the 29 hazards of HHSRS (Housing Act 2004, England). ``weight`` is
what those grids give to a point: kept for reading, never used by the grade. The sensitive groups are a first proposal,
after the age groups of HHSRS.
"""

from __future__ import annotations

from concertoit.field.cases.rules.grid_document import Dimension, GridDocument, Item

TITLE = "Grille d’observation concertée"
SOURCE = "Édition 0, proposée par la plateforme; à adopter par les partenaires"
D, C, B = "dwelling", "common", "building"


def _item(
    code: str, scope: str, label: str, danger: str, weight: int, mandates: str, hhsrs: str, sources: str,
    measure: str = "",
) -> Item:  # fmt: skip
    """``mandates``: « city/rbq » is one or the other, « city+dsp » both."""
    together = "+" in mandates
    return Item(
        code, code.rstrip("0123456789"), label, scope, danger, tuple(mandates.replace("+", "/").split("/")), together,
        measure, weight, hhsrs, sources,
    )  # fmt: skip


DIMENSIONS = (
    Dimension("SEC", "Sécurité du bâtiment", ("child", "elder", "mobility")),
    Dimension("ENV", "Structure et enveloppe", ("child",)),
    Dimension("HUM", "Humidité et moisissures", ("child", "breathing", "pregnant")),
    Dimension("NUI", "Insectes et rongeurs", ("child", "breathing")),
    Dimension("INS", "Chauffage, électricité, gaz, eau", ("child", "elder", "pregnant")),
    Dimension("PRO", "Propreté et encombrement", ("child", "elder", "mobility")),
    Dimension("INC", "Sécurité incendie", ("child", "elder", "mobility")),
    Dimension("OCC", "Occupation", ("child",)),
)
ITEMS = (
    _item("SEC1", B, "Plancher, mur, plafond porteur ou fondation qui fissure, se déforme ou s’affaisse",
          "il s’effondre, ou va s’effondrer", 6, "city/rbq", "29", "FR-DGS B; Histologe"),
    _item("SEC2", B, "Balcon, galerie, escalier extérieur ou garde-corps qui bouge ou qui manque",
          "on risque d’en tomber en s’en servant normalement", 6, "city", "22", "FR-DGS B; Mtl-03-096"),
    _item("SEC3", C, "Escaliers et passages communs : marches, mains courantes, éclairage",
          "", 3, "city", "21,13", "Mtl-03-096; NYC-HPD B"),
    _item("SEC4", B, "Brique, béton, maçonnerie ou toiture qui peut tomber",
          "c’est au-dessus d’un passage ou d’une entrée", 6, "city/rbq", "29", "Mtl-préventif"),
    _item("SEC5", D, "Porte ou serrure d’entrée qui ne ferme pas",
          "", 1, "city", "12", "Mtl-03-096"),
    _item("ENV1", B, "Toit qui laisse passer l’eau", "", 3, "city", "1", "FR-DGS B; Histologe"),
    _item("ENV2", B, "Murs extérieurs : fissures, joints absents, linteaux ou allèges abîmés",
          "", 3, "city", "1", "Mtl-préventif"),
    _item("ENV3", D, "Portes ou fenêtres qui laissent passer l’air ou l’eau",
          "", 2, "city", "2", "Histologe; Mtl-03-096"),
    _item("ENV4", D, "Planchers, murs ou plafonds intérieurs abîmés", "", 2, "city", "20", "Mtl-03-096"),
    _item("ENV5", B, "Bâtiment usé dans son ensemble (aucune rénovation depuis 40 ou 50 ans)",
          "", 1, "city", "", "Mtl-préventif"),
    _item("ENV6", D, "Matériau abîmé qui pourrait contenir du plomb ou de l’amiante",
          "", 3, "dsp", "4,7", "FR-DGS L; NYC-HPD C"),
    _item("HUM1", D, "Moisissures que l’on voit (estimer la surface, nommer les pièces)",
          "", 6, "city+dsp", "1", "INSPQ; Mtl-préventif", "surface"),
    _item("HUM2", D, "Odeur de moisi, sans moisissure visible", "", 2, "city+dsp", "1", "INSPQ"),
    _item("HUM3", D, "Eau qui s’infiltre, ou cernes qu’elle a laissés", "", 3, "city", "1", "INSPQ; Mtl-préventif"),
    _item("HUM4", D, "Condensation qui revient, ventilation absente ou en panne", "", 2, "city", "1", "Histologe"),
    _item("HUM5", D, "Dégât d’eau ou refoulement d’égout qui n’est pas asséché",
          "des eaux usées sont dans une pièce où l’on vit", 6, "city", "17", "FR-DGS L"),
    _item("NUI1", D, "Coquerelles (blattes)", "", 3, "city", "15", "Longueuil; Mtl-préventif; Lanoraie-9"),
    _item("NUI2", D, "Punaises de lit", "", 3, "city", "15", "Mtl-préventif; Lanoraie-9"),
    _item("NUI3", D, "Souris ou rats", "", 3, "city", "15", "Mtl-préventif; Lanoraie-9"),
    _item("NUI4", C, "Traces d’insectes ou de rongeurs dans les parties communes ou d’autres logements",
          "", 3, "city", "15", "Mtl-préventif"),
    _item("INS1", D, "Chauffage absent ou trop faible (mesurer la température)",
          "il n’y a aucun chauffage et il fait froid", 6, "city", "2", "INSPQ; NYC-HPD C", "temperature"),
    _item("INS2", D, "Électricité : fils à nu, panneau ou prises dangereux",
          "étincelles, échauffement, ou on peut y toucher", 6, "city/rbq", "23", "Histologe"),
    _item("INS3", D, "Gaz ou combustion : odeur de gaz, appareil mal ventilé, suie",
          "odeur de gaz, ou alarme de CO", 6, "fire", "6,9", "FR-DGS; INSPQ 2001"),
    _item("INS4", D, "Pas d’eau potable, ou pas d’eau chaude", "il n’y a plus d’eau du tout", 6, "city", "18,17",
          "INSPQ; NYC-HPD C"),
    _item("INS5", D, "Toilette ou évacuation qui ne fonctionne pas", "aucune toilette ne peut servir", 6, "city", "17",
          "INSPQ"),
    _item("INS6", D, "Plomberie qui fuit", "", 2, "city", "17", "NYC-HPD B"),
    _item("PRO1", D, "Malpropreté : déchets, excréments, nourriture décomposée", "", 3, "city+clsc", "15",
          "INSPQ; Lanoraie-9"),
    _item("PRO2", D, "Encombrement (cote CIR de la pièce la plus encombrée)", "", 3, "city+clsc+fire", "15,24",
          "CATAC/CIR; Lanoraie-9", "clutter"),
    _item("PRO3", D, "Beaucoup d’animaux domestiques", "", 2, "city", "15", "INSPQ"),
    _item("PRO4", D, "Mauvaises odeurs qui restent", "", 2, "city", "15", "INSPQ; Lanoraie-9"),
    _item("PRO5", C, "Déchets et propreté des parties communes", "", 2, "city", "15", "Lanoraie-9; Histologe"),
    _item("INC1", D, "Avertisseur de fumée absent ou en panne", "", 6, "fire", "24", "Mtl-03-096"),
    _item("INC2", D, "Avertisseur de CO absent (s’il y a combustion)", "", 3, "fire", "6", "INSPQ 2001"),
    _item("INC3", D, "Sortie ou chemin d’évacuation encombré ou condamné", "on ne peut sortir par nulle part", 6, "fire",
          "24", "Lanoraie-9"),
    _item("INC4", C, "Porte coupe-feu bloquée, absente ou qui ne s’enclenche pas", "", 3, "fire", "24", "Lanoraie-9"),
    _item("INC5", D, "Matières qui brûlent près d’une source de chaleur, rallonges surchargées",
          "un feu est probable bientôt", 6, "fire", "24,25", "Histologe"),
    _item("OCC1", D, "Trop peu de chambres selon la Norme nationale d’occupation", "", 2, "office/tenants", "11",
          "SCHL-NNO; CcQ 1920"),
    _item("OCC2", D, "On dort dans une pièce sans fenêtre ou dans un sous-sol", "", 3, "city+fire", "13,24",
          "Histologe; Mtl-03-096"),
)  # fmt: skip
FIRST_GRID = GridDocument(TITLE, DIMENSIONS, ITEMS)
