"""Codes of tenant participation, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.rules import mandates
from concertoit.field.participation.rules.checks import Verdict
from concertoit.field.participation.rules.mediation import Why
from concertoit.field.participation.rules.parameters import Unit


class Recognition(models.TextChoices):
    """Where an association stands with the office."""

    ASKED = "asked", _("Reconnaissance demandée")
    RECOGNISED = "recognised", _("Reconnue")
    WITHDRAWN = "withdrawn", _("Reconnaissance retirée")


class AssemblyKind(models.TextChoices):
    FOUNDING = "founding", _("Assemblée de fondation")
    YEARLY = "yearly", _("Assemblée générale annuelle")
    SPECIAL = "special", _("Assemblée spéciale")
    ELECTION = "election", _("Assemblée d’élection")


class SeatOrigin(models.TextChoices):
    """Where a member of the residents' committee comes from (art. 58.4)."""

    ELECTED = mandates.Origin.ELECTED.value, _("Locataire élu au conseil d’administration")
    ASSOCIATION = mandates.Origin.ASSOCIATION.value, _("Désigné par une association reconnue")
    OFFICE = mandates.Origin.OFFICE.value, _("Nommé par l’office, à défaut d’association")


class Leaving(models.TextChoices):
    """Why a seat ended."""

    TERM = mandates.Leaving.TERM.value, _("Fin du mandat")
    RESIGNED = mandates.Leaving.RESIGNED.value, _("Démission")
    TENANCY = mandates.Leaving.TENANCY.value, _("N’habite plus un logement de l’office")
    DISMISSED = mandates.Leaving.DISMISSED.value, _("Destitution")
    OTHER = mandates.Leaving.OTHER.value, _("Autre raison")


class AdviceSubject(models.TextChoices):
    POLICY = "policy", _("Politique qui touche les locataires")
    BUDGET = "budget", _("Consultation annuelle : orientations budgétaires et travaux")
    OTHER = "other", _("Autre sujet")


class AdviceSense(models.TextChoices):
    FAVOURABLE = "favourable", _("Favorable")
    CONDITIONS = "conditions", _("Favorable à certaines conditions")
    UNFAVOURABLE = "unfavourable", _("Défavorable")


class Followed(models.TextChoices):
    """What the office did of an advice."""

    YES = "yes", _("Suivi en entier")
    PART = "part", _("Suivi en partie")
    NO = "no", _("Non suivi")


class ElectionState(models.TextChoices):
    PREPARING = "preparing", _("En préparation")
    OPEN = "open", _("Scrutin ouvert")
    CLOSED = "closed", _("À dépouiller")
    COUNTED = "counted", _("Dépouillée")
    ACCLAIMED = "acclaimed", _("Élection sans opposition")
    PROCLAIMED = "proclaimed", _("Proclamée")
    ANNULLED = "annulled", _("Annulée")


class CandidacyState(models.TextChoices):
    DECLARED = "declared", _("Déposée")
    ACCEPTED = "accepted", _("Acceptée")
    REFUSED = "refused", _("Refusée")
    WITHDRAWN = "withdrawn", _("Retirée")


class Secrecy(models.TextChoices):
    """The levels of secrecy an election may have; a nominative vote is never secret and elects nobody here."""

    ORGANISATIONAL = "organisational", _("Secret organisationnel : registre et urne séparés, ici")
    VERIFIABLE = "verifiable", _("Secret vérifiable : élection tenue sur Belenios, archive gardée ici")


class RepresentationSubject(models.TextChoices):
    """What a representation to the office is about (P3)."""

    REPAIRS = "repairs", _("Entretien et réparations")
    RENT = "rent", _("Loyer et bail")
    SAFETY = "safety", _("Sécurité")
    RULES = "rules", _("Règlement d’immeuble")
    COMMON = "common", _("Espaces communs")
    SERVICES = "services", _("Services aux locataires")
    OTHER = "other", _("Autre sujet")


class RepresentationOrigin(models.TextChoices):
    """In whose name. A tenant alone is never named: a code follows the answer."""

    ASSOCIATION = "association", _("Association de locataires")
    COMMITTEE = "committee", _("Comité consultatif des résidants")
    ASSEMBLY = "assembly", _("Assemblée de locataires")
    REPRESENTATIVE = "representative", _("Locataire au conseil d’administration")
    TENANT = "tenant", _("Locataire, sans nom")


class RepresentationChannel(models.TextChoices):
    LETTER = "letter", _("Lettre")
    EMAIL = "email", _("Courriel")
    MEETING = "meeting", _("Rencontre")
    PHONE = "phone", _("Téléphone")
    IN_PERSON = "in_person", _("En personne")


class RepresentationResult(models.TextChoices):
    """What became of it, once the office answered."""

    DONE = "done", _("C’est fait")
    PROMISED = "promised", _("Promis, avec une date")
    PART = "part", _("En partie")
    REFUSED = "refused", _("Refusé")
    WITHDRAWN = "withdrawn", _("Retirée par les personnes qui l’ont faite")


class MediationSubject(models.TextChoices):
    """What neighbours disagree about (S12)."""

    NOISE = "noise", _("Bruit")
    SPACES = "spaces", _("Espaces communs et stationnement")
    CLEANLINESS = "cleanliness", _("Propreté et odeurs")
    ANIMALS = "animals", _("Animaux")
    CONDUCT = "conduct", _("Paroles et comportements")
    COMMITTEE = "committee", _("Vie d’un comité ou d’une association")
    OTHER = "other", _("Autre mésentente")


class MediationChannel(models.TextChoices):
    """How a request came in."""

    IN_PERSON = "in_person", _("En personne")
    PHONE = "phone", _("Par téléphone")
    ONLINE = "online", _("En ligne")


class MediationState(models.TextChoices):
    NEW = "new", _("Reçue")
    ASSIGNED = "assigned", _("Médiatrices ou médiateurs désignés")
    UNDER_WAY = "under_way", _("En cours")
    CLOSED = "closed", _("Terminée")


class MediationOutcome(models.TextChoices):
    """How a mediation ended. What was agreed is not here."""

    AGREEMENT = "agreement", _("Entente")
    PARTIAL = "partial", _("Entente partielle")
    NO_AGREEMENT = "no_agreement", _("Pas d’entente")
    WITHDRAWN = "withdrawn", _("Demande retirée ou consentement refusé")
    REFERRED = "referred", _("Dirigée ailleurs")


class PartyRole(models.TextChoices):
    """Who a party is, without saying who."""

    TENANT = "tenant", _("Locataire")
    GROUP = "group", _("Groupe de locataires")
    COMMITTEE = "committee", _("Comité ou association")
    VISITOR = "visitor", _("Proche ou visiteur")
    STAFF = "staff", _("Personnel de l’office")


class ConsentAnswer(models.TextChoices):
    """Whether a party agrees to the mediation."""

    WAITING = "waiting", _("Consentement à demander")
    YES = "yes", _("Consent")
    NO = "no", _("Refuse")


class SessionKind(models.TextChoices):
    APART = "apart", _("Rencontre avec une partie")
    TOGETHER = "together", _("Rencontre des deux parties")
    PHONE = "phone", _("Au téléphone")


class FollowUpAnswer(models.TextChoices):
    """What the parties say some months later."""

    HOLDS = "holds", _("L’entente tient")
    PARTLY = "partly", _("Elle tient en partie")
    BROKEN = "broken", _("Elle ne tient pas")
    NO_NEWS = "no_news", _("Sans nouvelles")


MEDIATION_REASONS = {
    Why.UNTRAINED.value: _("Sa formation n’est pas inscrite."),
    Why.ENDED.value: _("Ne fait plus de médiation."),
    Why.HOME_UNKNOWN.value: _("On ne sait pas dans quel ensemble cette personne habite."),
    Why.SAME_COMPLEX.value: _("Habite le même ensemble qu’une des parties."),
    Why.NOT_THERE.value: _("A demandé à ne pas intervenir dans cet ensemble."),
    Why.PARTY.value: _("Est une des parties."),
    Why.WAS_PARTY.value: _("A été partie à une autre médiation avec des gens de cet ensemble."),
    Why.DECLARED.value: _("A déclaré un conflit d’intérêts."),
    Why.PLACE_UNKNOWN.value: _("L’ensemble d’une partie n’est pas inscrit : demandez-le."),
    Why.LANGUAGE.value: _("Ne parle pas la langue souhaitée, à ce qu’on en sait."),
}
VERDICT_LABELS = {
    Verdict.OK.value: _("Conforme"),
    Verdict.FIX.value: _("À corriger"),
    Verdict.UNKNOWN.value: _("Non évaluable"),
}
UNIT_LABELS = {
    Unit.PEOPLE.value: _("personnes"),
    Unit.YEARS.value: _("ans"),
    Unit.MONTHS.value: _("mois"),
    Unit.DAYS.value: _("jours"),
    Unit.DWELLINGS.value: _("logements"),
    Unit.SHARE.value: "",
    Unit.MONEY.value: "",
    Unit.TIMES.value: _("fois par année"),
    Unit.YES_NO.value: "",
    Unit.BALLOTS.value: _("bulletins"),
}
PARAMETER_LABELS = {
    "ccr.members_max": _("Membres du comité consultatif, au plus"),
    "ccr.mandate_years": _("Durée d’un mandat"),
    "ccr.notice_days": _("Préavis au comité avant une décision qui touche les locataires"),
    "ccr.consultation_months": _("Consultation du comité sur les orientations budgétaires et les travaux, tous les"),
    "ccr.meetings_per_year": _("Rencontres du comité consultatif"),
    "board.tenants": _("Locataires élus au conseil d’administration"),
    "board.tenants_large": _("Locataires élus, pour un grand conseil"),
    "board.large_from": _("Un grand conseil compte au moins"),
    "board.members_max": _("Membres d’un conseil d’administration, au plus"),
    "office.delegates_over": _("Délégués, ou comité comme collège électoral, permis au-delà de"),
    "association.quorum_share": _("Quorum de fondation d’une association, part des logements"),
    "association.small_under": _("Un petit ensemble compte moins de"),
    "association.quorum_small": _("Quorum de fondation dans un petit ensemble"),
    "association.meeting_months": _("Assemblée générale d’une association, tous les"),
    "association.bylaw_share": _("Changement de règlements, part des personnes présentes"),
    "association.grant_per_dwelling": _("Subvention annuelle, par logement"),
    "association.grant_used_share": _("Part de la subvention à utiliser, au moins"),
    "association.grant_withheld": _("Somme retenue, par logement"),
    "election.notice_days": _("Avis de convocation d’une assemblée d’élection"),
    "election.complaint_days": _("Délai pour contester une élection"),
    "election.online_is_assembly": _("Un vote seulement en ligne satisfait « au cours d’une assemblée »"),
    "election.scrutineers": _("Personnes qui comptent les bulletins, séparément"),
    "election.threshold": _("Sous ce nombre de bulletins, rien ne se montre à part"),
    "mandate.warn_days": _("La fin d’un mandat s’annonce"),
    "representation.answer_days": _("Réponse de l’office à une représentation"),
    "mediation.follow_up_months": _("Suivi d’une médiation, après sa fin"),
    "mediation.smallest_count": _("Sous ce nombre de médiations, un compte ne se montre pas"),
}
