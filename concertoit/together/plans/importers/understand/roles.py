"""What a column (or a label before a colon) means, recognised by its words: exact tables, folded, never fuzzy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from concertoit.together.plans.rules.document import NodeKind
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.statuses import read_state
from concertoit.together.plans.rules.wording import flatten, fold, fold_plural, squeeze


class Role(StrEnum):
    """The meanings that a column may have."""

    AXIS = "axis"
    OUTER = "outer"  # a heading above a level that the plan already has (an issue above an axis)
    OBJECTIVE = "objective"
    SPECIFIC = "specific_objective"
    ACTION = "action"
    OUTCOME = "outcome"
    STEP = "step"
    MEANS = "means"
    NUMBER = "number"
    OUTLINE = "outline"  # several levels in one column, told apart by their numbers or labels
    LEAD = "lead"
    FISCAL_AGENT = "fiscal_agent"
    PARTNER = "partner"
    INDICATOR = "indicator"
    TARGET = "target"
    BASELINE = "baseline"
    PERIOD = "period"
    START = "start"
    END = "end"
    YEAR = "year"
    BUDGET = "budget"
    SPENT = "spent"
    SOURCE = "funding_source"
    STATE = "state"
    CROSS_CUTTING = "cross_cutting"
    NOTE = "note"
    COUNT = "count"
    UNKNOWN = "unknown"
    IGNORE = "ignore"


LEVEL_ROLES: dict[Role, NodeKind] = {
    Role.AXIS: NodeKind.AXIS,
    Role.OBJECTIVE: NodeKind.OBJECTIVE,
    Role.ACTION: NodeKind.ACTION,
    Role.OUTCOME: NodeKind.OUTCOME,
    Role.STEP: NodeKind.STEP,
}
#: Roles that say something about a node of the plan, and so make a table a plan's table when a level stands beside them.
PLAN_ROLES = frozenset(
    {
        Role.LEAD,
        Role.PARTNER,
        Role.FISCAL_AGENT,
        Role.PERIOD,
        Role.START,
        Role.END,
        Role.YEAR,
        Role.BUDGET,
        Role.INDICATOR,
    }
    | {Role.STATE, Role.TARGET, Role.STEP, Role.OUTCOME, Role.ACTION, Role.MEANS}
)

_TABLE: dict[Role, str] = {
    Role.AXIS: "axe|sous-axe|sous axe|sous-sous-axe|sous sous axe|sous-sous axe|axe d'intervention|axe strategique|axe prioritaire|orientation|orientation strategique|grande orientation"
    "|enjeu|enjeu prioritaire|champ d'action|champ d'intervention|champ|domaine|domaine d'intervention|domaine d'action"
    "|sphere d'activite|theme|thematique|volet|chantier|priorite d'action|priorite strategique|dimension|categorie|pilier|secteur"
    "|secteur d'intervention|secteur d'activite|defi",
    Role.OBJECTIVE: "objectif|but|objectif general|objectif strategique|objectif vise|objectif poursuivi|objectif a atteindre|finalite"
    "|objectif prioritaire|objectif de developpement|intention|objectif de l'action",
    Role.SPECIFIC: "objectif specifique|sous-objectif|objectif operationnel|sous objectif",
    Role.ACTION: "action|fiche action|titre de la fiche action|fiche-action|titre|action concrete|action a realiser|action propose|action proposee|action prevue|action prioritaire|action retenue"
    "|action a entreprendre|action a poser|action envisagee|action cle|action et projet|description de l'action|mesure|projet|activite"
    "|initiative|piste d'action|intervention|engagement|quoi|realisation|mesure et action|mesure prevue|activite prevue|titre de l'action"
    "|nom de l'action|intitule|intitule de l'action|projet et action|action specifique|action planifiee|chantier de travail"
    "|libelle|libelle de l'action|strategie d'action|activite et projet|action precise|que faire|geste|titre du projet|nom du projet",
    Role.MEANS: "moyen|moyen d'action|moyen de mise en oeuvre|moyen pour y arriver|strategie|comment|modalite|methode",
    Role.OUTCOME: "resultat|resultat attendu|resultat vise|resultat escompte|changement souhaite|changement attendu|changement vise"
    "|retombee|retombee attendue|retombee visee|livrable|livrable attendu|effet|effet attendu|effet vise|extrant|impact|impact attendu"
    "|benefice attendu|resultat souhaite|biens livrable",
    Role.STEP: "etape|tache|sous-action|sous action|etape de realisation|etape a realiser|etape cle|etape de mise en oeuvre|jalon|sous-activite"
    "|sous activite|sous-tache|tache a realiser|principale etape|prochaine etape|sous-mesure|action detaillee|detail de l'action",
    Role.NUMBER: "no|n|n°|numero|#|code|id|ref|reference|no action|numero de l'action|numero d'action|no de l'action|no d'action|num",
    Role.LEAD: "responsable|porteur|porteuse|porteur de dossier|porteur de projet|pilote|leader|leadership|lead|qui|mandataire|organisme responsable"
    "|personne responsable|responsabilite|porteur d'action|organisme porteur|responsable du projet|responsable de l'action|coordonnateur"
    "|direction responsable|service responsable|responsable principal|instance responsable|maitre d'oeuvre|maitrise d'oeuvre|chef de file"
    "|organisme pilote|organisme|organisation responsable|acteur responsable|service porteur|service|porte par|pilotage|pilote de l'action"
    "|responsable et collaborateur|promoteur|charge de projet|personne pilote|structure pilote|service pilote|direction ou service pilote|direction pilote|imputable|imputabilite|personne porteuse|entite responsable|direction",
    Role.FISCAL_AGENT: "fiduciaire|organisme fiduciaire|fiduciaire du projet",
    Role.PARTNER: "partenaire|collaborateur|collaboration|organisme partenaire|partenaire implique|partenaire potentiel|acteur|intervenant"
    "|partenaire pressenti|acteur implique|partenaire vise|acteur concerne|partenariat|collaborateur potentiel|en collaboration avec|avec qui"
    "|organisme collaborateur|partie prenante|partenaire et collaborateur|soutien|collaboration possible|partenaire externe|partenaire interne"
    "|organisme implique|partenaire a mobiliser|partenaire principal|allie|partenaire concerne|contributeur|personne impliquee|co-porteur",
    Role.INDICATOR: "indicateur|indicateur de resultat|indicateur de suivi|indice de progression|indicateur de reussite|indicateur de succes"
    "|indicateur de performance|critere de succes|critere de reussite|mesure de succes|indicateur de realisation|indicateur d'evaluation"
    "|moyen de verification|outil d'evaluation|critere d'evaluation|indicateur de mesure|evaluation|indicateur et cible|mesure du resultat",
    Role.TARGET: "cible|cible visee|cible a atteindre|valeur cible",
    Role.BASELINE: "valeur de depart|situation de depart|depart|valeur de reference|situation initiale|etat initial",
    Role.PERIOD: "echeancier|echeance|date|periode|calendrier|annee|annee de realisation|quand|delai|date d'echeance|duree|horizon|temps|moment"
    "|echeancier de realisation|echeance prevue|echeancier prevu|date prevue|date limite|calendrier de realisation|periode de realisation"
    "|date de realisation|annee prevue|temporalite|periode visee|date cible|annee de mise en oeuvre|echeance visee|terme|horizon temporel",
    Role.START: "debut|date de debut|debut prevu|date debut|annee de debut|depart prevu|demarrage",
    Role.END: "fin|date de fin|fin prevue|date fin|annee de fin|date de fin prevue",
    Role.BUDGET: "budget|cout|montant|ressource financiere|budget prevu|cout estime|budget estime|cout prevu|budget total|cout total|budget alloue"
    "|montant prevu|montant alloue|combien|estimation des couts|estimation budgetaire|estime|budget requis|prevision budgetaire|prix|$|somme"
    "|financement|budget previsionnel|budget previsionnel total|montant ttc|montant ht|investissement|depense prevue|cout approximatif|budget necessaire|montant demande|montant estime|somme prevue|budget annuel",
    Role.SPENT: "depense|depense reelle|budget depense|montant depense|cout reel|montant engage|budget utilise",
    Role.SOURCE: "source de financement|financeur|financeur 1|financeur 2|financeur 3|partenaire financier|bailleur de fond|source|programme de financement|provenance du financement|financement source|fond",
    Role.STATE: "etat|statut|avancement|etat d'avancement|etat de realisation|etat de situation|statut de l'action|degre d'avancement|realise|niveau d'avancement"
    "|progression|etat actuel|realisation oui non|suivi du statut|etat d'avancement de l'action",
    Role.CROSS_CUTTING: "priorite transversale|axe transversal|priorite transversale touchee|transversal|dimension transversale",
    Role.NOTE: "commentaire|remarque|note|suivi|descriptif|note complementaire|note de suivi|thematique principale|elu referent|participation citoyenne|instance de gouvernance|moyen humain et technique|observation|precision|description|detail|bilan|commentaire et suivi|contexte|constat|besoin|justification"
    "|clientele|clientele visee|public cible|population visee|clientele cible|groupe cible|territoire|lieu|municipalite|secteur vise|mrc|milieu"
    "|ressource|ressource necessaire|ressource humaine|ressource materielle|ressource humaine et materielle|ressource requise|outil|priorite"
    "|niveau de priorite|degre de priorite|importance|facteur de succes|risque|condition|condition de reussite|lien|complementarite|pourquoi"
    "|portee|information complementaire|type|type d'action|etat des lieux|problematique|suivi et commentaire|moyen de suivi|moyen de communication"
    "|prealable|justification du choix|prise en compte|ods|ou|cible population|population|participant|personne rejointe|force|faiblesse",
    Role.COUNT: "nombre|total|nombre d'action|nombre d'objectif|nb|pourcentage|%|nombre de mesure|nombre de projet",
}
_WORDS: dict[str, Role] = {fold_plural(word): role for role, listed in _TABLE.items() for word in listed.split("|")}
_PRIORITY = [Role.ACTION, Role.OBJECTIVE, Role.LEAD, Role.OUTCOME, Role.STEP, Role.PERIOD, Role.PARTNER]
_YEAR = re.compile(
    r"^(?P<lead>(?:annee|exercice|budget|cout|montant|echeancier|periode|calendrier)\s(?:de\s)?)?"
    r"(?:(?:19|20)\d\d(?:\s?[-/]\s?(?:19|20)?\d\d)?|[tq]\s?[1-4](?:\s?[-/]?\s?(?:19|20)\d\d)?|(?:l')?(?:an|annee|phase)\s?[1-9]"
    r"|[2-5]\d\s?[-/]\s?[2-5]\d|[1-4](?:er|e|eme)?\strimestre(?:\s(?:19|20)\d\d)?|(?:court|moyen|long)\sterme"
    r"|(?:printemps|ete|automne|hiver)(?:\s(?:19|20)\d\d)?"
    r"|(?:janv|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)[a-z]*\.?(?:\s(?:19|20)\d\d)?)(?:\s?\(?\$\)?)?$"
)


@dataclass(frozen=True, slots=True)
class Recognition:
    """A role and how it was recognised: ``exact``, ``part`` (of a combined header), ``start`` (first words), ``year``."""

    role: Role
    how: str
    alternatives: tuple[Role, ...] = ()


@lru_cache(maxsize=8192)
def recognise(header: str) -> Recognition | None:
    """The role of a header text, or None when its words are not known."""
    text = squeeze(header).strip(" *:.-–—")
    if not text or len(text) > 110:
        return None
    label = year_label(text)
    if label:
        word = fold(text[: len(text) - len(label)]).split(" ")[0]
        role = {"budget": Role.BUDGET, "cout": Role.BUDGET, "montant": Role.BUDGET}.get(word, Role.YEAR)
        return Recognition(role, "year")
    if read_state(text) and fold(text) not in _WORDS:
        return Recognition(Role.STATE, "state")
    exact = _WORDS.get(fold_plural(text)) or _WORDS.get(fold(text))
    if exact:
        return Recognition(exact, "exact")
    outside = squeeze(re.sub(r"\((?!s\)|e\)|es\)|x\)|ne\)|trice\)|euse\))[^)]*\)|\[[^\]]*\]", " ", text)).strip(" :*-")
    if outside != text and outside:
        inner = recognise(outside)
        if inner:
            return Recognition(inner.role, "exact" if inner.how == "exact" else inner.how, inner.alternatives)
    return _by_parts(outside or text) or _by_start(outside or text)


def year_label(header: str) -> str:
    """The year, quarter, month or term that a header holds (``2026``, ``Budget 2026``), as written, or an empty string."""
    text = squeeze(header).strip(" :*")
    match = _YEAR.match(fold(text))
    return text[match.end("lead") if match["lead"] else 0 :].strip(" ()$") if match else ""


def _by_parts(text: str) -> Recognition | None:
    pieces = [p for p in re.split(r"\s*(?:/|,|&|\+|\bet/ou\b|\bet\b|\bou\b|\n)\s*", text) if p.strip()]
    if len(pieces) < 2:
        return None
    found = [_WORDS.get(fold_plural(piece)) or _starting(piece) for piece in pieces]
    roles = [role for role in found if role]
    if not roles or (len(roles) * 2 <= len(pieces) and found[0] is None) or len(roles) * 2 < len(pieces):
        return None
    if roles[0] is Role.MEANS and Role.ACTION in roles:
        return Recognition(Role.ACTION, "part", (Role.MEANS,))
    levels = [r for r in dict.fromkeys(roles) if r in LEVEL_ROLES]
    if len(levels) > 1 and levels != [Role.ACTION, Role.OUTCOME]:
        return Recognition(Role.OUTLINE, "part", tuple(levels))
    others = tuple(r for r in dict.fromkeys(roles) if r is not roles[0])
    return Recognition(roles[0], "part", others)


def _starting(text: str) -> Role | None:
    tokens = fold_plural(text).split()
    if len(tokens) > 9:
        return None
    for size in range(len(tokens) - 1, 0, -1):
        role = _WORDS.get(" ".join(tokens[:size]))
        if role and tokens[size] in _AFTER:
            return role
    return None


_AFTER = {
    "de",
    "du",
    "des",
    "d",
    "a",
    "au",
    "aux",
    "pour",
    "par",
    "prevu",
    "prevue",
    "vise",
    "visee",
    "estime",
    "estimee",
    "propose",
    "en",
    "associe",
}
_AFTER |= {
    "implique",
    "concerne",
    "potentiel",
    "possible",
    "prioritaire",
    "attendu",
    "souhaite",
    "cible",
    "detaille",
    "et",
    "l",
    "requis",
    "requise",
}
_AFTER |= {
    "principal",
    "realise",
    "actuel",
    "initial",
    "global",
    "annuel",
    "alloue",
    "total",
    "local",
    "regional",
    "identifie",
    "le",
    "lie",
    "relie",
}
_AFTER |= {
    "proposee",
    "associee",
    "impliquee",
    "concernee",
    "potentielle",
    "attendue",
    "souhaitee",
    "ciblee",
    "detaillee",
    "realisee",
    "identifiee",
}
_AFTER |= {
    "principale",
    "locale",
    "regionale",
    "liee",
    "retenu",
    "retenue",
    "envisage",
    "envisagee",
    "approximatif",
    "approximative",
    "202",
    "2026",
    "2025",
}


def recognise_loosely(header: str) -> Recognition | None:
    """The role of a header of a table already known to be a plan's: by its first known words, else its last ones."""
    tokens = fold_plural(re.sub(r"\([^)]*\)|[€$]|\b(?:TTC|HT)\b", " ", header)).split()
    if not tokens or len(tokens) > 10:
        return None
    for size in range(len(tokens), 0, -1):
        role = _WORDS.get(" ".join(tokens[:size]))
        if role and role is not Role.COUNT:
            return Recognition(role, "start")
    last = _WORDS.get(tokens[-1])
    return Recognition(last, "start") if last in {Role.LEAD, Role.PARTNER, Role.FISCAL_AGENT} else None


def _by_start(text: str) -> Recognition | None:
    role = _starting(text)
    return Recognition(role, "start") if role else None


_LEVEL_LABEL = re.compile(
    r"^(?P<word>(?:sous-)?(?:axe|orientation|enjeu|objectif|but|action|mesure|moyen|projet|activite|initiative|engagement|resultat|etape|tache"
    r"|volet|theme|thematique|champ d'action|priorite|chantier|defi|livrable|changement|intervention|pilier)s?)"
    r"(?P<more>(?:\s(?:d'intervention|strategiques?|prioritaires?|generaux|general|specifiques?|attendus?|vises?|souhaites?|d'action|operationnels?"
    r"|transversal|transversale))*)(?![\w'])"
)


def level_label(text: str) -> tuple[Role, str, str] | None:
    """A level word at the start of a text (``Axe d'intervention 2 : …``): (role, words as written, what follows)."""
    bare = text.lstrip(" *_\t#")
    match = _LEVEL_LABEL.match(flatten(bare[:80]))
    if match is None:
        return None
    recognised = recognise(match["word"] + match["more"]) or recognise(match["word"])
    role = recognised.role if recognised else Role.AXIS
    if match["word"].startswith("priorite"):
        role = Role.AXIS
    if role is Role.MEANS:
        role = Role.ACTION
    return role, bare[: match.end()], bare[match.end() :]


def labelled_kind(text: str) -> NodeKind | None:
    """Axis or objective, when a text starts with such a label and a number, or with the label and a colon."""
    label = level_label(text)
    if label is None or label[0] not in {Role.AXIS, Role.OBJECTIVE, Role.SPECIFIC}:
        return None
    rest = label[2]
    if read_number(rest, labelled=True) is None and not re.match(r"\s*[:–—-]\s*\S", rest):
        return None
    return NodeKind.AXIS if label[0] is Role.AXIS else NodeKind.OBJECTIVE
