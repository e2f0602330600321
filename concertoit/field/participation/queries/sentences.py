"""What a check says on screen: its question, then one sentence for each verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import PARAMETER_LABELS
from concertoit.field.participation.queries.parameters import value_text
from concertoit.field.participation.rules.checks import Check, Verdict
from concertoit.field.participation.rules.parameters import Parameters, Unit
from concertoit.ground.core import spoken

# title, conforme, à corriger, non évaluable
_WORDS: dict[str, tuple[Any, Any, Any, Any]] = {
    "ccr.size": (
        _("Nombre de membres"),
        _("%(count)s membres, sur %(most)s au plus."),
        _("%(count)s membres : c’est plus que %(most)s."),
        _("Aucun membre n’est inscrit."),
    ),
    "ccr.board": (
        _("Les locataires élus au conseil y siègent"),
        _("%(count)s y siègent, comme le demande la taille du conseil."),
        _("%(count)s y siègent; la taille du conseil en demande %(wanted)s."),
        _("Dites combien de membres compte le conseil d’administration."),
    ),
    "ccr.named": (
        _("Les autres membres viennent des associations reconnues"),
        _("L’office n’a nommé que là où aucune association n’est reconnue."),
        _("L’office a nommé %(count)s membre(s) d’un ensemble que couvre une association reconnue."),
        _("Il manque l’ensemble où habite un membre nommé par l’office, ou aucun membre n’est inscrit."),
    ),
    "ccr.housed": (
        _("Tous habitent un immeuble de l’office"),
        _("Chaque membre habite un ensemble de l’office."),
        _("%(count)s membre(s) n’habitent plus un immeuble de l’office."),
        _("L’ensemble où ils habitent n’est pas inscrit pour tous."),
    ),
    "ccr.mandates": (
        _("Aucun mandat n’est échu"),
        _("Tous les mandats sont en cours."),
        _("%(count)s mandat(s) sont échus : nommez ou élisez la relève."),
        _("Aucun membre n’est inscrit."),
    ),
    "ccr.notice": (
        _("Le préavis est respecté avant une décision"),
        _("Chaque décision est prévue au moins %(days)s jours après la demande d’avis."),
        _("%(count)s décision(s) prévue(s) moins de %(days)s jours après la demande d’avis."),
        _("Aucune demande d’avis ne dit quand la décision est prévue."),
    ),
    "ccr.consultation": (
        _("Consultation annuelle : orientations budgétaires et travaux"),
        _("La dernière est du %(last)s."),
        _("Aucune dans les %(months)s derniers mois."),
        _("La fréquence n’est pas confirmée."),
    ),
    "ccr.rhythm": (
        _("Fréquence des rencontres du comité"),
        _("Conforme au rythme fixé."),
        _("Sous le rythme fixé."),
        _("Aucun texte connu ne fixe ce nombre : le règlement du comité le peut."),
    ),
    "association.invited": (
        _("Tous les locataires représentés ont été invités"),
        _("Oui, à l’assemblée de fondation."),
        _("Non : l’office ne peut pas reconnaître l’association sur cette base."),
        _("Personne ne l’a inscrit."),
    ),
    "association.witness": (
        _("L’office était témoin de la fondation"),
        _("Oui."),
        _("Non."),
        _("Personne ne l’a inscrit."),
    ),
    "association.quorum": (
        _("Quorum de fondation"),
        _("%(count)s locataires présents, %(wanted)s demandés."),
        _("%(count)s locataires présents : il en fallait %(wanted)s."),
        _("Inscrivez le nombre de logements et de personnes présentes à la fondation."),
    ),
    "association.bylaws": (
        _("Règlements adoptés"),
        _("Adoptés le %(on)s."),
        _("Aucune date d’adoption n’est inscrite."),
        _("L’association n’a pas de date de fondation."),
    ),
    "association.meeting": (
        _("Assemblée générale annuelle"),
        _("La prochaine est à tenir avant le %(due)s."),
        _("En retard : elle était à tenir avant le %(due)s."),
        _("Inscrivez la date de fondation ou une assemblée annuelle."),
    ),
    "association.accounts": (
        _("États financiers adoptés à la dernière assemblée annuelle"),
        _("Oui."),
        _("Non."),
        _("Aucune assemblée annuelle ne le dit."),
    ),
    "association.budget": (
        _("Budget adopté à la dernière assemblée annuelle"),
        _("Oui."),
        _("Non."),
        _("Aucune assemblée annuelle ne le dit."),
    ),
    "association.used": (
        _("Part de la subvention utilisée"),
        _("%(share)s utilisés, au moins %(least)s demandés."),
        _("%(share)s utilisés : il en faut au moins %(least)s."),
        _("Inscrivez ce qui a été versé et utilisé."),
    ),
    "election.seats": (
        _("Nombre de sièges"),
        _("%(count)s, comme le demande la taille du conseil."),
        _("%(count)s, alors que la taille du conseil en demande %(wanted)s."),
        _("Dites combien de membres compte le conseil d’administration."),
    ),
    "election.assembly": (
        _("Élection au cours d’une assemblée de locataires tenue à cette fin"),
        _("L’assemblée est inscrite."),
        _("Aucune assemblée n’est liée à cette élection."),
        _("Aucune assemblée n’est liée à cette élection."),
    ),
    "election.modalities": (
        _("Modalités déterminées par les locataires"),
        _("Adoptées le %(on)s."),
        _("Aucune date d’adoption n’est inscrite."),
        _("Aucune date d’adoption n’est inscrite."),
    ),
    "election.notice": (
        _("Avis de convocation"),
        _("Envoyé au moins %(days)s jours avant."),
        _("Envoyé moins de %(days)s jours avant."),
        _("Le délai n’est pas confirmé, ou une date manque."),
    ),
    "election.online": (
        _("Vote sur papier dans la salle"),
        _("On peut voter sur papier au cours de l’assemblée."),
        _("Un vote seulement en ligne ne satisfait pas « au cours d’une assemblée »."),
        _("Vote seulement en ligne : il n’est pas confirmé qu’il satisfait « au cours d’une assemblée »."),
    ),
    "election.scrutineers": (
        _("Deux comptes séparés"),
        _("%(count)s personnes comptent, chacune de son côté."),
        _("%(count)s nommées; il en faut %(wanted)s."),
        _("Sans objet : il n’y a pas de bulletins à compter."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a check applied, as it is cited."""

    label: Any
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Said:
    """A check ready to show."""

    code: str
    verdict: Verdict
    title: Any
    sentence: str
    rules: list[Rule]


def said(checks: list[Check], parameters: Parameters) -> list[Said]:
    """Checks in words, each with the rules that it cites; those to correct first, then those nobody can evaluate."""
    order = {Verdict.FIX: 0, Verdict.UNKNOWN: 1, Verdict.OK: 2}
    return sorted((_said(check, parameters) for check in checks), key=lambda one: order[one.verdict])


def _said(check: Check, parameters: Parameters) -> Said:
    title, *sentences = _WORDS[check.code]
    place = {Verdict.OK: 0, Verdict.FIX: 1, Verdict.UNKNOWN: 2}[check.verdict]
    words = {name: _shown(name, value) for name, value in check.figures.items()}
    return Said(check.code, check.verdict, title, str(sentences[place]) % words, _rules(check, parameters))


def _rules(check: Check, parameters: Parameters) -> list[Rule]:
    if not check.parameters:
        return [Rule(_("Reconnaissance d’une association"), "", "FLHLMQ")]
    lines = [parameters.line(code) for code in check.parameters]
    return [
        Rule(
            PARAMETER_LABELS[line.code],
            value_text(line.parameter.unit, line.value),
            line.source or str(_("aucune source connue")),
        )
        for line in lines
    ]


def _shown(name: str, value: object) -> str:
    if isinstance(value, date):
        return spoken.date_short(value)
    if isinstance(value, Fraction):
        return spoken.percent(float(value)) if name == "share" else value_text(Unit.SHARE, value)
    return "–" if value is None else str(value)
