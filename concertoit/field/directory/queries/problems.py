"""What is wrong in a file, and what it would change, in words: where, what, what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from concertoit.field.directory.rules.checking import Problem
from concertoit.field.directory.rules.difference import Change
from concertoit.field.directory.rules.hsds import TABLES


def _sentence(problem: Problem) -> str:
    values = {"column": problem.column, "value": problem.value}
    sentences = {
        "missing": _("« %(column)s » est obligatoire et manque."),
        "not_uuid": _("« %(column)s » n’est pas un identifiant (UUID) : %(value)s"),
        "not_number": _("« %(column)s » n’est pas un nombre : %(value)s"),
        "not_date": _("« %(column)s » n’est pas une date (AAAA-MM-JJ) : %(value)s"),
        "not_datetime": _("« %(column)s » n’est pas un moment : %(value)s"),
        "not_time": _("« %(column)s » n’est pas une heure (HH:MM) : %(value)s"),
        "not_email": _("« %(column)s » n’est pas un courriel : %(value)s"),
        "not_uri": _("« %(column)s » n’est pas une adresse Web complète : %(value)s"),
        "not_choice": _("« %(column)s » a une valeur que la norme ne connaît pas : %(value)s"),
        "not_yes_no": _("« %(column)s » n’est ni vrai ni faux : %(value)s"),
        "not_text": _("« %(column)s » n’est pas un texte : %(value)s"),
        "not_object": _("Un objet était attendu sous « %(column)s »."),
        "not_utf8": _("Ce fichier n’est pas en UTF-8."),
        "too_many_cells": _("Cette ligne a plus de cellules que d’en-têtes : %(value)s"),
        "two_values": _("« %(column)s » est dit de deux façons pour le même identifiant : %(value)s"),
        "unknown_column": _("« %(column)s » n’est pas dans la norme : ce ne sera pas gardé."),
        "unknown_file": _("Ce fichier n’est pas dans la norme, il n’est pas lu : %(value)s"),
        "loose_link": _("« %(column)s » mène à ce qui n’est pas dans le fichier : ce lien ne sera pas gardé."),
        "orphan": _("Cette ligne n’appartient à aucun organisme du fichier : elle ne peut pas être gardée."),
        "kept_elsewhere": _("Une autre démarche tient la fiche « %(value)s ». Montrez-la d’abord à votre répertoire."),
    }
    return sentences[problem.code] % values


def in_words(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Each with its table, its file and its row."""
    return [
        {
            "table": TABLES[one.table].file if one.table else "", "id": one.id, "column": one.column,
            "text": _sentence(one),
        }
        for one in problems
    ]  # fmt: skip


def changes_in_words(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Each with what it would do."""
    looks = {
        "new": ("ok", "plus-lg", _("Nouveau")), "changed": ("sky", "pencil", _("Modifié")),
        "gone": ("sun", "dash-lg", _("Retiré")),
    }  # fmt: skip
    return [{"change": one, "file": TABLES[one.table].file, "look": looks[one.kind]} for one in changes]
