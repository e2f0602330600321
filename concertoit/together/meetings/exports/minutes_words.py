"""Minutes in words: what the page, the Word document, the PDF and the message all say, from the frozen content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_long, date_short, time_of_day
from concertoit.together.meetings.enums import ItemState, MinutesState, OutcomeKind, Presence, QuorumState
from concertoit.together.meetings.models import MinutesVersion
from concertoit.together.meetings.rules.recurrence import ZONE
from concertoit.together.plans.enums import STEP_STATE_LABELS
from concertoit.together.plans.rules.document import StepState

# the order in which people are told
PRESENCES = (Presence.PRESENT, Presence.REPRESENTED, Presence.EXCUSED, Presence.ABSENT, Presence.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Said:
    """An outcome in words. ``detail``: who and by when; ``change``: what it changed in the plan."""

    key: str
    kind: str
    label: str
    text: str
    detail: str = ""
    change: str = ""


@dataclass(slots=True)
class SaidPoint:
    """A point in words; ``state`` is empty unless it was put off."""

    key: str
    number: str
    title: str
    text: str
    state: str = ""
    outcomes: list[Said] = field(default_factory=list)
    lines: list[SaidPoint] = field(default_factory=list)

    @property
    def says(self) -> bool:
        return bool(self.text or self.outcomes or self.state or any(line.says for line in self.lines))


@dataclass(slots=True)
class Spoken:
    """The whole of the minutes in words."""

    title: str
    space: str
    table: str
    when: str
    day: str
    facts: list[tuple[str, str]]
    presences: list[tuple[str, list[str]]]
    points: list[SaidPoint]
    record: str
    other: list[Said]
    following: str

    @property
    def outcomes(self) -> list[Said]:
        """Everything the meeting led to, in order."""
        found = [one for point in self.points for row in (point, *point.lines) for one in row.outcomes]
        return [*found, *self.other]


def spoken(content: Mapping[str, Any]) -> Spoken:
    """The minutes in the reader's language."""
    starts, ends = (datetime.fromisoformat(content[name]).astimezone(ZONE) for name in ("starts_at", "ended_at"))
    day = date_long(starts.date())
    when = _("%(day)s, de %(from)s à %(to)s") % {"day": day, "from": time_of_day(starts), "to": time_of_day(ends)}
    return Spoken(
        title=content["title"],
        space=content["space"],
        table=content["table"],
        when=when,
        day=day,
        facts=_facts(content),
        presences=_presences(content["people"]),
        points=[_point(one, str(one["number"])) for one in content["points"]],
        record=content["record"],
        other=[_said(one) for one in content["other"]],
        following=_following(content["next"]),
    )


def _facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = [
        (_("Lieu"), content["place"]),
        (_("Animation"), content["facilitator"]),
        (_("Prise de notes"), content["secretary"]),
        (_("Quorum"), _quorum(content["quorum"])),
    ]
    return [(term, value) for term, value in rows if value]


def _quorum(quorum: Mapping[str, Any]) -> str:
    if quorum["state"] == QuorumState.UNKNOWN:
        return ""
    values = {"state": QuorumState(quorum["state"]).label, "there": quorum["present"], "needed": quorum["needed"]}
    return _("%(state)s : %(there)s organismes présents ou représentés, %(needed)s requis") % values


def _presences(people: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[str]]]:
    """Names by presence: « Habeo (Marc Roy) »."""
    told: dict[str, list[str]] = {}
    for group in people:
        for presence in dict.fromkeys(one["presence"] for one in group["persons"]):
            names = [_person(one) for one in group["persons"] if one["presence"] == presence]
            own = names == [group["name"]]
            told.setdefault(presence, []).append(group["name"] if own else f"{group['name']} ({', '.join(names)})")
    return [(str(code.label), told[code]) for code in PRESENCES if told.get(code)]


def _person(one: Mapping[str, Any]) -> str:
    return _("%(who)s pour %(other)s") % {"who": one["name"], "other": one["for"]} if one["for"] else str(one["name"])


def _point(point: Mapping[str, Any], number: str) -> SaidPoint:
    lines = [_point(line, f"{number}.{place}") for place, line in enumerate(point.get("lines", []), 1)]
    state = str(ItemState.DEFERRED.label) if point["state"] == ItemState.DEFERRED else ""
    said = [_said(one) for one in point["outcomes"]]
    return SaidPoint(f"point-{point['id']}", number, point["title"], point["record"], state, said, lines)


def _said(one: Mapping[str, Any]) -> Said:
    detail = [one["who"]] if one["who"] else []
    if one["due_on"]:
        detail.append(_("pour %(day)s") % {"day": date_long(date.fromisoformat(one["due_on"]), weekday=False)})
    label = str(OutcomeKind(one["kind"]).label)
    return Said(f"outcome-{one['id']}", one["kind"], label, one["text"], ", ".join(detail), change_of(one["change"]))


def change_of(change: Mapping[str, Any]) -> str:
    """What an outcome changed in the plan, in words."""
    if not change:
        return ""
    if change["what"] == "state":
        values = {"title": change["title"], "state": STEP_STATE_LABELS[StepState(change["to"])]}
        return _("Au plan : « %(title)s » devient « %(state)s ».") % values
    values = {"title": change["title"], "version": change["version"], "under": change["under"]}
    if change["what"] == "step":
        return _("Ébauche %(version)s du plan : nouvelle étape « %(title)s », sous « %(under)s ».") % values
    return _("Ébauche %(version)s du plan : nouvelle action « %(title)s », sous « %(under)s ».") % values


def _following(following: Mapping[str, Any] | None) -> str:
    if not following:
        return ""
    at = datetime.fromisoformat(following["starts_at"]).astimezone(ZONE)
    return _("Prochaine rencontre : %(day)s, à %(time)s") % {"day": date_long(at.date()), "time": time_of_day(at)}


def parts_of(content: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Each part of the minutes by key, as (heading, text), so that two versions are compared in the same words."""
    said = spoken(content)
    told = "\n".join(f"{label} : {'; '.join(names)}" for label, names in said.presences)
    parts = {"people": (_("Présences"), told), "record": (_("Notes de la rencontre"), said.record)}
    for point in said.points:
        for row in (point, *point.lines):
            parts[row.key] = (f"{row.number}. {row.title}", _whole(row))
    if said.other:
        parts["other"] = (_("Autres suites"), "\n".join(_line(one) for one in said.other))
    return parts


def _whole(row: SaidPoint) -> str:
    return "\n".join(part for part in (row.state, row.text, *(_line(one) for one in row.outcomes)) if part)


def _line(one: Said) -> str:
    detail = f" ({one.detail})" if one.detail else ""
    return f"{one.label} : {one.text}{detail}"


def letter_of(content: Mapping[str, Any]) -> str:
    """The text of the message that brings the minutes: what was decided, who does what; the rest is behind the link."""
    said = spoken(content)
    lines = [said.when, ""]
    for kind, heading in (
        (OutcomeKind.DECISION, _("Ce qui est décidé :")),
        (OutcomeKind.FOLLOW_UP, _("Qui fait quoi :")),
    ):
        rows = [one for one in said.outcomes if one.kind == kind]
        if rows:
            lines += [heading, *(f"• {one.text}{f' ({one.detail})' if one.detail else ''}" for one in rows), ""]
    lines.append(
        _("Le compte rendu complet est derrière ce lien, sans compte. Il sera soumis à la prochaine rencontre.")
    )
    return "\n".join(lines)


def footing(version: MinutesVersion) -> str:
    """The foot of each page of a file: which version, where it stands, and its SHA-256."""
    state = str(version.get_state_display())
    if version.state == MinutesState.APPROVED and version.approved_at:
        day = date_short(version.approved_at.astimezone(ZONE).date())
        state = _("Approuvé le %(day)s") % {"day": day}
    values = {"number": version.number, "state": state, "sha": version.sha256[:16]}
    return _("Version %(number)s · %(state)s · SHA-256 %(sha)s…") % values
