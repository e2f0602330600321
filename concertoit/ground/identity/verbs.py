"""Sentences of the journal about people, organisations and accounts."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "organisation.created": _("{actor} a ajouté l’organisme {object}"),
    "organisation.updated": _("{actor} a modifié l’organisme {object}"),
    "organisation.alias_added": _("{actor} a ajouté un autre nom à {object}"),
    "organisation.merged": _("{actor} a fusionné {object} avec une autre fiche"),
    "organisation.merged_undone": _("{actor} a annulé la fusion de {object}"),
    "person.created": _("{actor} a ajouté {object}"),
    "person.updated": _("{actor} a modifié la fiche de {object}"),
    "person.merged": _("{actor} a fusionné {object} avec une autre fiche"),
    "person.merged_undone": _("{actor} a annulé la fusion de {object}"),
    "person.personal_data_saved": _("{actor} a enregistré des renseignements personnels de {object}"),
    "person.personal_data_viewed": _("{actor} a consulté les renseignements personnels de {object}"),
    "person.personal_data_erased": _("{actor} a effacé les renseignements personnels de {object}"),
    "account.opened": _("{actor} a ouvert le compte {object}"),
    "account.updated": _("{actor} a modifié le profil {object}"),
    "account.sessions_ended": _("{actor} a déconnecté d’autres appareils"),
}
