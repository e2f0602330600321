"""The acts of an adoption in Word and in PDF (tagged, PDF/UA-1), both made from the frozen acts and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from concertoit.ground.core.pdf import tagged_pdf
from concertoit.ground.core.word import Run, TableSpec, WordDocument

TEMPLATE = Path(__file__).with_name("adoption.typ")


def sheet(acts: dict[str, Any], sha256: str) -> dict[str, Any]:
    """The acts as the lines of a document: a title, facts, then each part with its result, voices and objections."""
    with override("fr-ca"):
        quorum = acts["quorum"]["required"]
        return {
            "title": _("Actes de l’adoption : %(plan)s") % {"plan": acts["plan"]},
            "subtitle": acts["space"],
            "facts": [
                [_("Séance"), acts["session"]],
                [_("Instance"), acts["body"] or "—"],
                [_("Adoptée le"), acts["adopted_on"] or "—"],
                [_("Quorum"), f"{quorum} {acts['quorum']['source']}".strip() if quorum else _("Aucun quorum fixé")],
                [_("Version"), str(acts["version"]["number"])],
                [_("Empreinte de la version (SHA-256)"), acts["version"]["sha256"]],
            ],
            "parts": [_part(part) for part in acts["parts"]],
            "headers": [_("Voix"), _("S’est prononcée"), _("Moyen")],
            "footer": f"{acts['space']} · {acts['session']}",
            "hash_label": _("Empreinte SHA-256 des actes"),
            "sha256": sha256,
        }


def _part(part: dict[str, Any]) -> dict[str, Any]:
    count = part["count"]
    said = _(
        "%(consent)s consentent, %(reserved)s sous réserve de leur CA, %(objection)s objectent, %(silent)s silences, "
        "sur %(seats)s voix."
    ) % {key: value or 0 for key, value in count.items()}
    return {
        "title": part["title"],
        "kind": part["subject"],
        "result": " · ".join(text for text in (part["result"], part["concluded_on"]) if text),
        "text": part["text"],
        "conclusion": part["conclusion"],
        "said": said,
        "changes": [
            _("Tour %(n)s : %(change)s") % {"n": turn["number"], "change": turn["change"]}
            for turn in part["turns"]
            if turn["change"]
        ],
        "questions": [f"{one['seat']} : {one['question']} — {one['answer'] or '…'}" for one in part["questions"]],
        "objections": [_objection(one) for one in part["objections"]],
        "corrections": [f"{one['decided_on']} : {one['note']}" for one in part["corrections"]],
        "voices": [
            [one["seat"], ", ".join(filter(None, [one["label"], one["mandate"]])) or _("Silence"), one["way"] or "—"]
            for one in part["voices"]
        ],
    }


def _objection(one: dict[str, Any]) -> str:
    about = one["item"] or one["target"]
    parts = [
        f"{one['seat']} ({about}) : {one['reason']}",
        _("Amendement proposé : %(text)s") % {"text": one["amendment"]} if one["amendment"] else "",
        " — ".join(filter(None, [one["label"], one["why"]]))
        + (_(" (tour %(n)s)") % {"n": one["resolved_turn"]} if one["resolved_turn"] else ""),
    ]
    return "\n".join(part for part in parts if part)


def acts_docx(acts: dict[str, Any], sha256: str, moment: datetime) -> bytes:
    """The acts in Word."""
    said = sheet(acts, sha256)
    footer = f"{said['footer']}\n{said['hash_label']} : {sha256}"
    word = WordDocument(said["title"], subject=said["subtitle"], footer=footer, landscape=False)
    word.stamp(moment)
    word.heading(said["title"], 0)
    for label, value in said["facts"]:
        word.paragraph((Run(f"{label} : ", bold=True), Run(value)))
    for part in said["parts"]:
        _word_part(word, part, said["headers"])
    return word.to_bytes()


def _word_part(word: WordDocument, part: dict[str, Any], headers: list[str]) -> None:
    word.heading(part["title"], 1)
    word.paragraph((Run(part["result"], bold=True),))
    for text in (part["text"], part["conclusion"], part["said"]):
        if text:
            word.paragraph(text)
    with override("fr-ca"):
        named = [
            (_("Ce qui a changé d’un tour à l’autre"), part["changes"]),
            (_("Questions"), part["questions"]),
            (_("Objections"), part["objections"]),
            (_("Corrections mineures"), part["corrections"]),
        ]
        caption = _("Voix : %(title)s") % {"title": part["title"]}
    for heading, rows in named:
        if rows:
            word.heading(heading, 2)
            for row in rows:
                word.paragraph(row, "ListBullet")
    word.table(TableSpec((3, 3, 2), (headers,), caption, rows=part["voices"]))


def acts_pdf(acts: dict[str, Any], sha256: str, moment: datetime) -> bytes:
    """The acts in PDF/UA-1; where no font can show a character, with the machine's fonts, at last without the claim."""
    with override("fr-ca"):
        labels = {
            "changes": _("Ce qui a changé d’un tour à l’autre"),
            "questions": _("Questions"),
            "objections": _("Objections"),
            "corrections": _("Corrections mineures"),
        }
    return tagged_pdf(TEMPLATE, {**sheet(acts, sha256), "labels": labels}, made_at=moment)
