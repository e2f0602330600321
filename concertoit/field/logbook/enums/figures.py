"""How figures are called and told: titles, what each counts, over what. The rule itself is ``rules.statistics``."""

from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.rules.statistics import By

TITLES = {
    "sectors": _("Secteur de l’immeuble"),
    "clienteles": _("Clientèles"),
    "youth_families": _("Jeunes ou familles"),
    "referred": _("Interventions qui mènent à une référence"),
    "referred_individual": _("Interventions individuelles qui mènent à une référence"),
    "destinations": _("Vers qui l’on réfère"),
    "reasons_cisss": _("Raisons des références vers le CISSS ou le CIUSSS"),
    "reasons_community": _("Raisons des références vers un organisme communautaire"),
    "kinds": _("Forme de l’intervention"),
    "objects": _("Ce que soutiennent les interventions collectives"),
    "activities": _("Activités"),
}
HOW = {
    "sectors": _("Chaque intervention compte une fois, dans le secteur que l’immeuble avait ce jour-là."),
    "clienteles": _(
        "Une intervention compte une fois dans chacune des clientèles cochées. Comme plusieurs peuvent l’être, les parts "
        "peuvent dépasser 100 % ensemble."
    ),
    "youth_families": _(
        "Interventions où l’on a coché jeunes, familles ou les deux. C’est une union : qui a coché les deux compte une "
        "seule fois. On n’additionne pas les deux lignes des clientèles."
    ),
    "referred": _("Interventions d’où part au moins une référence. Deux références comptent pour une intervention."),
    "referred_individual": _("La même part, parmi les seules interventions individuelles."),
    "destinations": _(
        "Chaque référence compte une fois, selon la ressource. Les références annulées ne comptent pas."
    ),
    "reasons_cisss": _("Raison principale, parmi les seules références vers le CISSS ou le CIUSSS."),
    "reasons_community": _("Raison principale, parmi les seules références vers un organisme communautaire."),
    "kinds": _("Chaque intervention a une forme : individuelle, collective ou avec des partenaires."),
    "objects": _("Chaque intervention collective soutient une chose. La part est celle des interventions collectives."),
    "activities": _(
        "Une intervention compte une fois dans chacune des activités cochées : les parts peuvent dépasser 100 % "
        "ensemble. Ce que la liste de 2007 nommait autrement compte sous le nom de 2022 quand un seul lui correspond."
    ),
}  # fmt: skip
OVER = {
    ("intervention", ""): _("interventions"),
    ("intervention", "individual"): _("interventions individuelles"),
    ("intervention", "collective"): _("interventions collectives"),
    ("referral", ""): _("références"),
    ("referral", "cisss"): _("références vers le CISSS ou le CIUSSS"),
    ("referral", "community"): _("références vers un organisme communautaire"),
}
"""What a share is a share of, by unit and narrowing."""
YES_NO = {
    ("youth_families", "yes"): _("Jeunes, familles ou les deux"),
    ("youth_families", "no"): _("Ni l’un ni l’autre"),
    ("referred", "yes"): _("Avec une référence"),
    ("referred", "no"): _("Sans référence"),
    ("referred_individual", "yes"): _("Avec une référence"),
    ("referred_individual", "no"): _("Sans référence"),
}
NOTHING = {
    By.CLIENTELE: _("Aucune clientèle cochée"),
    By.ACTIVITY: _("Aucune activité cochée"),
    By.OBJECT: _("Non précisé"),
    By.REASON: _("Raison hors des listes"),
}
COLUMNS = {
    "interventions": _("Interventions"),
    "collective": _("Collectives"),
    "referred": _("Avec une référence"),
    "referrals": _("Références"),
}
