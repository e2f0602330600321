"""The French sentences of anomalies: what was found, and what to do about it. Marked for translation, said in French."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def _(text: str) -> str:
    """Mark a sentence for translation (the command that collects messages looks for this name)."""
    return text


SENTENCES: dict[str, tuple[str, str]] = {
    "comma_code": (
        _("Le numéro « {written} » est écrit avec des virgules."),
        _("Lire {canonical}; le numéro écrit est conservé."),
    ),
    "missing_separator": (
        _("Il manque un séparateur dans le numéro « {written} »."),
        _("Lire {canonical}."),
    ),
    "stray_number": (
        _("Le numéro « {written} » est précédé d’un « {above} » isolé."),
        _("Ce chiffre est laissé de côté : il semble être le numéro de l’axe ou d’une liste."),
    ),
    "missing_number": (
        _("« {title} » n’a pas de numéro, alors que les autres éléments de ce niveau en ont un."),
        _("Lui donner le numéro {canonical}."),
    ),
    "parent_mismatch": (
        _("Le numéro « {written} » ne correspond pas à l’élément {parent} sous lequel il se trouve."),
        _("Le renuméroter {canonical}, ou le déplacer."),
    ),
    "duplicate_code": (
        _("Le numéro « {written} » sert {count} fois : {titles}."),
        _("Ne garder ce numéro qu’une fois; la place dans le plan est {canonical}."),
    ),
    "gap": (
        _("« {written} » ne suit pas : il n’y a pas de {expected}."),
        _("Vérifier s’il manque un élément; sinon, le renuméroter {canonical}."),
    ),
    "step_gap": (
        _("Les étapes de {parent} n’ont pas de numéro {missing}."),
        _("Vérifier s’il manque une étape; sinon, renuméroter."),
    ),
    "step_repeated": (
        _("Les étapes de {parent} ont deux fois le numéro {repeated}."),
        _("Renuméroter les étapes dans l’ordre où elles sont écrites."),
    ),
    "step_order": (
        _("Les numéros des étapes de {parent} ne sont pas en ordre : {numbers}."),
        _("L’ordre du texte est conservé; renuméroter au besoin."),
    ),
    "step_number_lost": (
        _("Une étape de {parent} semble avoir perdu son numéro : « {title} »."),
        _("Elle est lue comme une étape distincte; la rattacher à la précédente si c’est une suite."),
    ),
    "no_step": (
        _("{node} n’a aucune étape, alors que les autres en ont."),
        _("Ajouter des étapes, ou confirmer qu’il n’y en a pas."),
    ),
    "self_link": (
        _("{node} dit être en lien avec lui-même ({target})."),
        _("Vérifier le numéro visé; le lien est conservé tel quel."),
    ),
    "unknown_link": (
        _("Le lien vers « {target} » ne mène à aucun élément du plan."),
        _("Choisir l’élément visé, ou retirer le lien."),
    ),
    "ambiguous_link": (
        _("Le lien vers « {target} » peut viser plusieurs éléments : {candidates}."),
        _("Choisir l’élément visé; {chosen} est proposé."),
    ),
    "several_in_row": (
        _("Une même rangée contient {count} éléments : {codes}."),
        _("Vérifier que les partenaires, les dates et les étapes sont attribués au bon élément."),
    ),
    "ambiguous_distribution": (
        _("Ce contenu est partagé par {codes}, sans que le texte dise lequel."),
        _("Il est rattaché à chacun; retirer ce qui ne convient pas."),
    ),
    "lead_not_participant": (
        _("« {name} » est responsable, mais n’est pas dans la liste des participants."),
        _("L’ajouter aux participants, ou choisir l’organisme visé."),
    ),
    "name_variants": (
        _("{names} semblent être un seul organisme."),
        _("Les réunir sous un seul nom, les autres en alias."),
    ),
    "inherited_lead": (
        _("Le responsable de {node} n’est pas écrit : celui de l’élément au-dessus est repris."),
        _("Confirmer ou changer le responsable."),
    ),
    "budget_in_other_column": (
        _("Des montants annuels sont écrits dans la colonne « {column} »."),
        _("Ils sont lus comme la répartition du budget."),
    ),
    "budget_split_mismatch": (
        _("La répartition annuelle ({split}) ne donne pas le budget écrit ({total})."),
        _("Vérifier les montants; le budget écrit est conservé."),
    ),
    "unreadable_amount": (
        _("Le montant « {written} » ne peut pas être lu avec certitude."),
        _("Écrire un montant, ou laisser vide; le texte est gardé dans la description."),
    ),
    "amount_to_determine": (
        _("Le montant est à déterminer (« {written} »)."),
        _("Laisser vide pour l’instant; le texte est gardé dans la description."),
    ),
    "amount_per": (
        _("Le montant « {written} » revient à intervalles; la durée n’est pas comptée."),
        _("Écrire le montant pour toute la période si c’est voulu."),
    ),
    "amount_computed": (
        _("Le montant « {written} » a été calculé : {value}."),
        _("Confirmer le montant."),
    ),
    "shared_budget": (
        _("Un seul montant est écrit pour plusieurs éléments : {codes}."),
        _("Il est rattaché au premier; le répartir au besoin."),
    ),
    "total_mismatch": (
        _("Le total écrit ({written}) n’est pas la somme des budgets lus ({computed})."),
        _("Vérifier les montants du tableau."),
    ),
    "unreadable_period": (
        _("L’échéance « {written} » n’a pas pu être lue comme une date."),
        _("Choisir les dates; le texte est conservé."),
    ),
    "serial_date": (
        _("« {written} » est lu comme un numéro de date de tableur : {value}."),
        _("Confirmer la date."),
    ),
    "second_period": (
        _("Une deuxième échéance est écrite pour {node} : « {written} »."),
        _("Elle est gardée dans la description; vérifier laquelle vaut."),
    ),
    "unknown_state": (
        _("L’état « {written} » n’est pas reconnu."),
        _("Choisir un état; le texte est gardé dans la description."),
    ),
    "unknown_column": (
        _("La colonne « {header} » n’est pas reconnue."),
        _("Choisir ce qu’elle contient; son texte est gardé dans la description."),
    ),
    "guessed_columns": (
        _("Ce tableau n’a pas d’en-tête : ses colonnes sont lues comme celles du tableau précédent."),
        _("Vérifier la correspondance des colonnes."),
    ),
    "guessed_level": (
        _("« {title} » est lu comme {level}, d’après la disposition."),
        _("Changer le niveau s’il ne convient pas."),
    ),
    "repeated_title": (
        _("« {title} » est écrit dans plus d’une rangée."),
        _("Deux éléments ont été créés; les réunir si c’est le même."),
    ),
    "hidden_cells": (
        _("Ce contenu est dans une rangée ou une colonne masquée du fichier."),
        _("Il a été lu comme le reste; le retirer s’il n’est plus voulu."),
    ),
    "reader_warning": (_("{detail}"), _("Vérifier dans le document d’origine.")),
    "nothing_found": (
        _("Aucun plan n’a été reconnu dans ce document."),
        _("Indiquer ce que contiennent les colonnes, ou coller le tableau du plan."),
    ),
}


def sentences(kind: str, params: Mapping[str, str], translate: Callable[[str], str] = str) -> tuple[str, str]:
    """Message and suggestion of a kind, filled in. ``translate`` is gettext where another language is wanted."""
    message, suggestion = SENTENCES[kind]
    return translate(message).format(**params), translate(suggestion).format(**params)
