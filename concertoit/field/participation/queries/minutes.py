"""What the minutes of an election say, block by block."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertoit.field.participation import workflow
from concertoit.field.participation.models import Election
from concertoit.field.participation.queries.elections import Result, accepted, elected, result_of
from concertoit.ground.ballots.enums import Channel
from concertoit.ground.core import spoken
from concertoit.ground.core.blocks import Block

# How wide: what one was, the name, the signature, the date.
SIGNING = (1.4, 1.6, 2.0, 1.0)


def minutes(election: Election) -> list[Block]:
    """Pieces of the minutes. Figures are masked as on screen."""
    result = result_of(election)
    pieces = [*_held(election), *_candidates(election)]
    if result is not None:
        pieces += _count(election, result)
    elif election.state in (workflow.ACCLAIMED, workflow.PROCLAIMED):
        pieces.append(Block("text", _("Il n’y a pas plus de candidatures que de sièges : il n’y a pas eu de vote.")))
    return [*pieces, *_elected(election), *_after(election), *_signatures(election)]


def _held(election: Election) -> list[Block]:
    assembly, box = election.assembly, election.box
    rows = [[_("Sièges à pourvoir : %(count)s") % {"count": election.places}]]
    if assembly:
        said = {"day": spoken.date_long(assembly.on, article=False), "place": assembly.place or "–"}
        rows.insert(0, [_("Assemblée de locataires du %(day)s, %(place)s") % said])
        if assembly.present is not None:
            rows.append([_("Personnes présentes : %(count)s") % {"count": assembly.present}])
    if election.modalities_on:
        rows.append([_("Modalités adoptées le %(day)s") % {"day": spoken.date_short(election.modalities_on)}])
    ways = ", ".join(str(Channel(one).label) for one in election.channels)
    rows.append([_("Façons de voter : %(ways)s") % {"ways": ways.lower()}])
    if box and box.turnout:
        rows.append(
            [_("Liste électorale figée à l’ouverture : %(count)s inscriptions") % {"count": box.turnout["listed"]}]
        )
    if election.external_url:
        rows.append([_("Scrutin vérifiable tenu sur Belenios : %(url)s") % {"url": election.external_url}])
    pieces: list[Block] = [Block("heading", _("Tenue de l’élection")), Block("list", "", rows)]
    return [*pieces, Block("text", election.modalities)] if election.modalities else pieces


def _candidates(election: Election) -> list[Block]:
    names = [[f"{one.person}{f' ({one.complex})' if one.complex else ''}"] for one in accepted(election)]
    return [Block("heading", _("Candidatures acceptées")), Block("list", "", names)]


def _count(election: Election, result: Result) -> list[Block]:
    rows = [
        [_("Personnes inscrites"), str(election.result["listed"])],
        [_("Bulletins dans l’urne, toutes façons de voter confondues"), str(result.ballots)],
    ]
    if not result.masked:
        rows += [[_("Bulletins blancs"), str(result.blank)], [_("Bulletins rejetés"), str(result.rejected)]]
    pieces: list[Block] = [
        Block("heading", _("Dépouillement")),
        Block("table", _("Bulletins"), [[_("Bulletins"), _("Nombre")], *rows]),
    ]
    if result.masked:
        few = _("Moins de %(count)s personnes ont voté : le détail ne s’écrit pas.") % {"count": result.threshold}
        pieces.append(Block("text", few))
    else:
        votes = [[line.name, str(line.marks)] for line in result.lines]
        pieces.append(
            Block("table", pgettext("scrutin", "Voix"), [[_("Candidature"), pgettext("scrutin", "Voix")], *votes])
        )
    again = _("Les bulletins ont été comptés par la plateforme à la clôture de l’urne.")
    if election.result["paper"]:
        again = _("Deux comptes séparés concordent (dépouillement n° %(num)s).") % {"num": election.result["round"]}
    pieces.append(Block("text", again))
    if election.lot:
        lot = _("Égalité départagée au sort le %(on)s devant %(witnesses)s, avec les mots « %(seed)s ».")
        values = {**election.lot, "witnesses": ", ".join(election.lot["witnesses"])}
        pieces.append(Block("text", lot % values))
    return pieces


def _elected(election: Election) -> list[Block]:
    names = [[str(one.person)] for one in elected(election)]
    if not names or election.state not in (workflow.COUNTED, workflow.ACCLAIMED, workflow.PROCLAIMED):
        return []
    return [Block("heading", _("Personnes élues")), Block("list", "", names)]


def _after(election: Election) -> list[Block]:
    rows = []
    if election.complaints_until:
        rows.append(
            [_("Contestation possible jusqu’au %(day)s") % {"day": spoken.date_short(election.complaints_until)}]
        )
    received = len(election.complaints.all())
    rows.append([_("Contestations reçues : %(count)s") % {"count": received}])
    if election.proclaimed_on:
        rows.append([_("Résultat proclamé le %(day)s") % {"day": spoken.date_short(election.proclaimed_on)}])
    return [Block("heading", _("Contestations et proclamation")), Block("list", "", rows)]


def _signatures(election: Election) -> list[Block]:
    header = [_("Fonction"), _("Nom"), _("Signature"), _("Date")]
    names = [(_("Présidence d’élection"), election.president)]
    names += [(_("Scrutatrice ou scrutateur"), one.name) for one in election.scrutineers.all()]
    names += [(_("Témoin du tirage"), name) for name in election.lot.get("witnesses", [])]
    rows = [[role, name, "", ""] for role, name in names]
    return [Block("heading", _("Signatures")), Block("table", _("Signatures"), [header, *rows], SIGNING, tall=True)]
