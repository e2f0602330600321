"""What reports and households keep about people, why, and until when.

The months are ours, to be adopted by the partners of each démarche: no law fixes them.
"""

from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.services import forgetting
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover

TO_ADOPT = _("Durée de départ, à adopter par les partenaires de la démarche")

register_purpose(
    Purpose(
        "cases_household",
        _("Joindre le ménage qui signale un logement insalubre, préparer les visites et l’accompagner"),
        Basis.CONSENT, 24, _("la fermeture du dossier : les noms sont détruits, l’immeuble et les constats restent"),
        TO_ADOPT,
    )
)  # fmt: skip
register_purpose(
    Purpose(
        "cases_report", _("Recevoir un signalement d’insalubrité et dire à la personne où il en est"),
        Basis.NECESSARY, 24, _("la fermeture du dossier : les mots de la personne sont détruits, ce qui est coché reste"),
        TO_ADOPT,
    )
)  # fmt: skip
register_purpose(
    Purpose(
        "cases_draft", _("Reprendre plus tard un signalement commencé"), Basis.CONSENT, 1,
        _("le début, s’il n’est pas envoyé"),
    )
)  # fmt: skip
register_purpose(
    Purpose(
        "cases_list", _("Importer une liste de cas existants après l’avoir vérifiée"), Basis.NECESSARY, 0,
        _("sept jours, ou jusqu’à la confirmation"),
    )
)  # fmt: skip
register_purpose(
    Purpose(
        "cases_looks", _("Savoir qui a consulté le nom d’un ménage, quand et pour quoi"), Basis.NECESSARY, 60,
        _("la consultation"), TO_ADOPT,
    )
)  # fmt: skip
register_purpose(
    Purpose(
        "cases_door", _("Empêcher qu’on envoie des signalements à répétition ou qu’on devine des codes"),
        Basis.NECESSARY, 0, _("la journée; l’adresse du réseau elle-même n’est jamais écrite"),
    )
)  # fmt: skip
register_field(
    "cases.householdperson", "given_name", "family_name", "phone", "email", "reach", "role", "represented_by",
    purpose="cases_household",
)  # fmt: skip
register_field(
    "cases.household", "adults", "children", "youths", "language", "access_note", "dwelling", purpose="cases_household",
    label="",
)  # fmt: skip
register_field("cases.householdconsent", "person", "purpose", "given_at", purpose="cases_household")
register_field(
    "cases.report", "address", "description", "sender", "note", "household", "taken_by", purpose="cases_report"
)
register_field("cases.reportword", "text", purpose="cases_report")
register_field("cases.reportword", "author", purpose="cases_report", label=_("membre de l’équipe qui écrit"))
register_field("cases.reportdraft", "answers", purpose="cases_draft")
register_field("cases.caselist", "rows", purpose="cases_list")
register_field("cases.caselist", "made_by", purpose="cases_list", label=_("qui a apporté la liste"))
register_field("cases.identitylook", "user", purpose="cases_looks", label=_("qui a consulté"))
register_field("cases.identitylook", "household", purpose="cases_looks", label=_("ménage consulté"))
register_field("cases.doortally", "place", purpose="cases_door", label=_("empreinte du jour"))

REMOVERS = (
    Remover("cases.drafts", _("Signalements commencés et jamais envoyés"), "cases_draft", Gone.DESTROYED,
            forgetting.drafts_due, forgetting.destroy_drafts),
    Remover("cases.lists", _("Lignes de listes de cas non confirmées"), "cases_list", Gone.DESTROYED,
            forgetting.lists_due, forgetting.empty_lists),
    Remover("cases.households", _("Noms des ménages de dossiers fermés"), "cases_household", Gone.ANONYMISED,
            forgetting.households_due, forgetting.anonymise_households),
    Remover("cases.looks", _("Consultations de l’identité de ménages"), "cases_looks", Gone.DESTROYED,
            forgetting.looks_due, forgetting.destroy_looks),
    Remover("cases.doors", _("Comptes des portes publiques"), "cases_door", Gone.DESTROYED,
            forgetting.tallies_due, forgetting.destroy_tallies),
)  # fmt: skip
for _one in REMOVERS:
    register_remover(_one)
