"""Codes of the observation grid, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.rules.grading import Why
from concertoit.field.cases.rules.grid_compare import Turn
from concertoit.field.cases.rules.grid_document import Cause


class Observed(models.TextChoices):
    """The state of a point. What nobody checked is never « good »."""

    GOOD = "0", _("Bon")
    POOR = "1", _("Médiocre")
    BAD = "2", _("Mauvais")
    VERY_BAD = "3", _("Très mauvais")
    UNCHECKED = "nv", _("Non vérifié")
    NOT_APPLICABLE = "so", _("Sans objet")


class Extent(models.TextChoices):
    SPOT = "spot", _("Un seul endroit")
    ROOM = "room", _("Une pièce")
    SEVERAL = "several", _("Plusieurs pièces ou logements")


class Proof(models.TextChoices):
    """How one knows."""

    TOLD = "told", _("On me l’a dit")
    SEEN = "seen", _("Je l’ai vu")
    MEASURED = "measured", _("Je l’ai mesuré")


class Scope(models.TextChoices):
    DWELLING = "dwelling", _("logement")
    COMMON = "common", _("parties communes")
    BUILDING = "building", _("bâtiment")


class Measure(models.TextChoices):
    """What a point can be measured by."""

    NONE = "", _("Aucune mesure")
    TEMPERATURE = "temperature", _("Température (°C)")
    SURFACE = "surface", _("Surface (m²)")
    CLUTTER = "clutter", _("Cote CIR (1 à 9)")


UNITS = {"temperature": "°C", "surface": "m²", "clutter": "CIR"}


class Mandate(models.TextChoices):
    """Whose mandate a point is, as grids name it."""

    CITY = "city", _("Ville")
    BUILDING_BOARD = "rbq", _("RBQ")
    FIRE = "fire", _("Incendie")
    PUBLIC_HEALTH = "dsp", _("DSP")
    CLSC = "clsc", _("CLSC")
    OFFICE = "office", _("Office")
    TENANTS = "tenants", _("Comité logement")


# Who of a team is able to look at the points of a mandate.
COMPETENCE_OF = {
    Mandate.CITY: Competence.INSPECTION,
    Mandate.BUILDING_BOARD: Competence.INSPECTION,
    Mandate.FIRE: Competence.FIRE,
    Mandate.PUBLIC_HEALTH: Competence.PUBLIC_HEALTH,
    Mandate.CLSC: Competence.PSYCHOSOCIAL,
    Mandate.OFFICE: Competence.COMMUNITY,
    Mandate.TENANTS: Competence.COMMUNITY,
}


class SensitiveGroup(models.TextChoices):
    """Whom a dimension harms more. Told by the household itself; never a diagnosis."""

    CHILD = "child", _("Enfant de moins de 14 ans")
    ELDER = "elder", _("Personne de 65 ans et plus")
    PREGNANT = "pregnant", _("Grossesse")
    BREATHING = "breathing", _("Respire difficilement quand l’air est mauvais")
    MOBILITY = "mobility", _("Se déplace ou sort difficilement")


class Vulnerability(models.TextChoices):
    """What a household says of itself; the first five are also groups that a dimension may be sensitive to."""

    CHILD = "child", _("Enfant de moins de 14 ans")
    ELDER = "elder", _("Personne de 65 ans et plus")
    PREGNANT = "pregnant", _("Grossesse")
    BREATHING = "breathing", _("Respire difficilement quand l’air est mauvais")
    MOBILITY = "mobility", _("Se déplace ou sort difficilement")
    ALONE = "alone", _("Vit seule ou seul, sans proche à joindre")
    INCOME = "income", _("Le loyer prend presque tout le revenu")
    LANGUAGE = "language", _("A besoin d’une autre langue que le français")
    REPRISALS = "reprisals", _("Craint des représailles")


class Need(models.TextChoices):
    """How much accompaniment a household needs."""

    P0 = "P0", _("P0 · se débrouille avec l’information")
    P1 = "P1", _("P1 · une aide ponctuelle suffit")
    P2 = "P2", _("P2 · a besoin d’un suivi")
    P3 = "P3", _("P3 · a besoin d’un accompagnement soutenu, dès maintenant")


class GridState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    ADOPTED = "adopted", _("Adoptée, en usage")
    REPLACED = "replaced", _("Remplacée")


class GradeStatus(models.TextChoices):
    """What a grade rests on."""

    PRESUMED = "presumed", _("Présumé")
    OBSERVED = "observed", _("Constaté, à confirmer")
    CONFIRMED = "confirmed", _("Confirmé")


class DecisionKind(models.TextChoices):
    """Words that only an authority may say. The grid never does."""

    UNSANITARY = "unsanitary", _("Déclaré insalubre")
    UNFIT = "unfit", _("Impropre à l’habitation")
    EVACUATION = "evacuation", _("Évacuation ou fermeture")
    DANGEROUS = "dangerous", _("Bâtiment ou équipement dangereux")
    NOT_UNFIT = "not_unfit", _("Aucun manquement retenu")


LEVEL_LABELS = {
    0: pgettext_lazy("cote", "N0 · rien de relevé"),
    1: pgettext_lazy("cote", "N1 · à surveiller"),
    2: pgettext_lazy("cote", "N2 · à corriger"),
    3: pgettext_lazy("cote", "N3 · grave"),
    4: pgettext_lazy("cote", "N4 · danger immédiat"),
}
LEVEL_TONES = {0: "ok", 1: "sky", 2: "sun", 3: "brick", 4: "late"}
LEVEL_ICONS = {0: "check-circle", 1: "eye", 2: "wrench", 3: "exclamation-triangle-fill", 4: "exclamation-octagon-fill"}
WHY_LABELS = {
    Why.DANGER: _("danger immédiat coché"),
    Why.VERY_BAD: _("au moins un point très mauvais"),
    Why.BAD_SPREAD: _("un point mauvais dans plusieurs pièces ou logements"),
    Why.MANY_BAD: _("plusieurs points mauvais"),
    Why.BAD: _("au moins un point mauvais"),
    Why.MANY_POOR: _("plusieurs points médiocres"),
    Why.POOR: _("au moins un point médiocre"),
    Why.FINE: _("rien de mauvais parmi ce qui a été vérifié"),
    Why.NOT_CHECKED: _("rien n’a été vérifié"),
}
THRESHOLD_LABELS = {
    "very_bad_for_n3": _("N3 : points très mauvais (3)"),
    "spread_bad_for_n3": _("N3 : points mauvais (2) dans plusieurs pièces ou logements"),
    "bad_for_n3": _("N3 : points mauvais (2)"),
    "bad_for_n2": _("N2 : points mauvais (2)"),
    "poor_for_n2": _("N2 : points médiocres (1)"),
    "poor_for_n1": _("N1 : points médiocres (1)"),
}
CAUSE_LABELS = {
    Cause.UNKNOWN_WORD: _("mot inconnu"),
    Cause.NO_DIMENSION: _("la dimension manque"),
    Cause.CODE_AND_LABEL: _("il faut un code et un libellé"),
    Cause.CODE_TAKEN: _("ce code est déjà pris plus haut"),
    Cause.NOT_A_NUMBER: _("il faut un nombre entier"),
    Cause.UNKNOWN_COLUMN: _("colonne inconnue, non reprise"),
    Cause.ALREADY_THERE: _("l’application le note déjà d’elle-même"),
    Cause.NOT_A_STATE: _("les réponses ne sont pas un état de 0 à 3"),
    Cause.OTHER_TYPE: _("ce type de question n’existe pas dans une grille"),
    Cause.REPEAT: _("répétition non reprise : les questions de dedans sont lues une seule fois"),
    Cause.FREE_ANSWER: _("réponse « autre » non reprise"),
    Cause.CONDITION: _("condition d’affichage non reprise"),
    Cause.HINT: _("texte d’aide non repris"),
    Cause.COLUMN: _("réglage non repris"),
    Cause.SCALE_WORDS: _("les mots de l’échelle sont ceux de l’application"),
    Cause.CODE_CHANGED: _("code raccourci ou rendu unique"),
    Cause.NO_LABEL: _("question sans texte"),
    Cause.OTHER_LANGUAGE: _("traduction non reprise : la grille garde une langue"),
    Cause.TOO_LONG: _("texte trop long; au plus"),
    Cause.NO_LIST: _("la liste de réponses n’est pas dans le fichier"),
}
TURN_LABELS = {
    Turn.NEW: pgettext_lazy("comparaison", "Nouveau"),
    Turn.WORSE: _("Pire"),
    Turn.SAME: pgettext_lazy("comparaison", "Pareil"),
    Turn.BETTER: _("Mieux"),
    Turn.GONE: pgettext_lazy("comparaison", "Corrigé"),
    Turn.UNKNOWN: _("Ne se compare pas"),
}
TURN_LOOKS = {
    Turn.NEW: ("late", "plus-circle"),
    Turn.WORSE: ("late", "arrow-down-right"),
    Turn.SAME: ("neutral", "arrow-right"),
    Turn.BETTER: ("ok", "arrow-up-right"),
    Turn.GONE: ("ok", "check-lg"),
    Turn.UNKNOWN: ("neutral", "question-circle"),
}
