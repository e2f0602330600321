"""``concertoit count FILE --rule RULE``: the outcome of a ballot file, as people read it or as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concertoit import __version__
from concertoit.ground.ballots.importers import BallotFileError, read
from concertoit.ground.ballots.importers.source import positive
from concertoit.ground.ballots.importers.table import KINDS
from concertoit.ground.ballots.rules.catalogue import Count, NotCountable, count
from concertoit.ground.ballots.rules.election import Election
from concertoit.ground.ballots.rules.equal_shares import Satisfaction
from concertoit.ground.ballots.rules.funding import Merit
from concertoit.ground.ballots.rules.names import COMPLETIONS, NAMES, Choices, Rule, Unranked, choose
from concertoit.ground.ballots.rules.stv import Quota
from concertoit.ground.ballots.rules.ties import Last, TieBreak

LACKING = {
    "budget": "Cette règle demande un budget : le fichier n’en dit pas, donnez --budget.",
    "cost": "Cette règle demande le coût de chaque option : le fichier ne le dit pas.",
    "seats": "Cette règle demande un nombre de sièges : donnez --seats.",
}


def _spoken() -> str:
    """Every rule with the names it answers to."""
    lines = ["règles et noms acceptés :"]
    for rule in Rule:
        lines.append(
            f"  {rule:18} {', '.join(name for name, known in NAMES.items() if known is rule and name != rule)}"
        )
    lines += [
        "",
        "equal-shares accepte une satisfaction et un complément dans son nom : mes-cost, mes-cardinality, mes+add1,",
        "mes-cost-greedy, equalshares/add1, mes-add1u (add1 puis greedy).",
        "greedy-no-skip s’arrête au premier projet trop cher.",
        "Sans --rule, la règle que nomme le fichier (META « rule » de Pabulib).",
        "",
        "formats : Pabulib (.pb), Belenios ([[…]]), BLT, PrefLib (.soc .soi .toc .toi .cat), table (.csv, .tsv), JSON.",
        "docs/dev/counting.md définit chaque règle, ses égalités et ses sources.",
    ]
    return "\n".join(lines)


class Command(BaseCommand):
    """Count a file without touching the database. Exit code 2 when it cannot be counted as asked."""

    help = "Dépouille un fichier de bulletins avec une règle nommée."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _spoken()
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="le fichier de bulletins")
        parser.add_argument("--rule", default="", help="la règle (voir plus bas)")
        parser.add_argument("--json", action="store_true", dest="as_json", help="le résultat en JSON")
        parser.add_argument("--seats", type=int, help="nombre de sièges ou de gagnants")
        parser.add_argument("--progress", action="store_true", help="dit l’avancement des longs dépouillements")
        for add in (_about_money, _about_ties, _about_ballots):
            add(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            election = _read(path, options)
            choices = _choices(election, options)
            result = count(election, choices)
        except OSError as error:
            raise CommandError(f"{path} : {error.strerror}", returncode=2) from error
        except BallotFileError as error:
            raise CommandError(f"{path.name} : {error}", returncode=2) from error
        except NotCountable as error:
            raise CommandError(LACKING[error.lacking], returncode=2) from error
        except ValueError as error:
            raise CommandError(
                f"{path.name} : ce fichier ne se dépouille pas ainsi ({error}).", returncode=2
            ) from error
        if options["as_json"]:
            told = _told(options["rule"] or result.rule, result, election)
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self._say(result, election)

    def _say(self, result: Count, election: Election) -> None:
        names = {option.id: f"{option.id}  {option.name}".rstrip() for option in election.options}
        self.stdout.write(
            f"Règle : {result.rule}. {len(election.options)} options, {len(election.ballots)} bulletins."
        )
        self.stdout.write("Retenues :")
        for option in result.winners:
            self.stdout.write(f"  {names[option]}")
        rest = [group for group in result.groups if not set(group) & set(result.winners)]
        if rest:
            self.stdout.write("Ensuite :")
        for group in rest:
            self.stdout.write("  " + " = ".join(names[option] for option in group))
        for key, value in result.options.items():
            self.stdout.write(f"{key} : {json.dumps(value, ensure_ascii=False)}")
        for note in election.notes:
            self.stdout.write(f"À noter : {note}")


def _about_money(parser: ArgumentParser) -> None:
    parser.add_argument("--budget", help="le budget, au lieu de celui du fichier")
    parser.add_argument(
        "--satisfaction",
        choices=list(Satisfaction),
        help="equal-shares et greedy : ce qu’un projet financé apporte (cost)",
    )
    parser.add_argument(
        "--completion",
        choices=list(COMPLETIONS),
        help="equal-shares : ce qu’on fait du reste (none)",
        metavar="COMPLETION",
    )
    parser.add_argument("--increment", help="add1 : ce que reçoit de plus chaque poids de un (1)")
    parser.add_argument("--merit", choices=list(Merit), help="greedy : l’ordre des projets (points)")
    parser.add_argument("--no-skip", action="store_true", help="greedy : s’arrêter au premier projet trop cher")
    parser.add_argument("--threshold", help="points qu’un projet doit avoir (min_project_score_threshold du fichier)")


def _about_ties(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--tie-break",
        help="critères, puis file, lexico ou lot (cost,votes,file pour l’argent, file pour le reste)",
    )
    parser.add_argument("--seed", help="graine du tirage au sort; le choisit comme dernier critère")
    parser.add_argument("--quota", choices=list(Quota), default=Quota.DROOP, help="stv (droop)")
    parser.add_argument("--elect", choices=["together", "one"], help="stv : élire ensemble ou un à la fois")
    parser.add_argument(
        "--median", choices=["lower", "upper"], default="lower", help="médiane d’un nombre pair (lower)"
    )


def _about_ballots(parser: ArgumentParser) -> None:
    parser.add_argument("--ballots", choices=list(KINDS), help="table : ce que sont les bulletins")
    parser.add_argument("--grades", help="table : les mentions, de la meilleure à la pire, séparées par des virgules")
    parser.add_argument("--partial", choices=["count", "exclude"], help="mentions : bulletins incomplets")
    parser.add_argument("--favourable", type=int, help="mentions : combien comptent comme un appui (la moitié)")
    parser.add_argument("--average", action="store_true", help="score : la moyenne au lieu de la somme")
    parser.add_argument("--unranked", choices=list(Unranked), help="borda : options non classées")


def _read(path: Path, options: dict[str, Any]) -> Election:
    grades = [word.strip() for word in (options["grades"] or "").split(",") if word.strip()]
    kind = KINDS[options["ballots"]] if options["ballots"] else None
    return read(path.read_bytes(), path.name, kind=kind, grades=grades)


def _choices(election: Election, options: dict[str, Any]) -> Choices:
    name = options["rule"] or election.meta.get("rule", "")
    try:
        chosen = choose(name)
    except ValueError as error:
        raise CommandError(f"La règle « {name} » n’est pas connue.\n{_spoken()}", returncode=2) from error
    if options["seats"] is not None and options["seats"] < 1:
        raise CommandError("--seats : un nombre de un ou plus.", returncode=2)
    figures: dict[str, Any] = {
        key: positive(options[key], 0, f"--{key}") for key in ("budget", "increment", "threshold") if options[key]
    }
    named: dict[str, Any] = {
        "satisfaction": Satisfaction(options["satisfaction"]) if options["satisfaction"] else chosen.satisfaction,
        "completion": COMPLETIONS[options["completion"]] if options["completion"] else chosen.completion,
        "merit": Merit(options["merit"]) if options["merit"] else None,
        "together": {"together": True, "one": False}.get(options["elect"]),
        "whole": {"count": False, "exclude": True}.get(options["partial"]),
    }
    return replace(
        chosen,
        seats=options["seats"],
        skip=chosen.skip and not options["no_skip"],
        quota=Quota(options["quota"]),
        average=options["average"],
        unranked=Unranked(options["unranked"]) if options["unranked"] else None,
        upper=options["median"] == "upper",
        favourable=options["favourable"],
        ties=_ties(options),
        progress=_progress() if options["progress"] else None,
        **named,
        **figures,
    )


def _ties(options: dict[str, Any]) -> TieBreak | None:
    written, seed = options["tie_break"], options["seed"]
    if written is None and seed is None:
        return None
    words = [word.strip() for word in (written or "").split(",") if word.strip()]
    lasts = [word for word in words if word in set(Last)]
    criteria = tuple(word for word in words if word in {"cost", "votes"})
    if len(lasts) + len(criteria) < len(words) or len(lasts) > 1 or (lasts and words[-1] != lasts[0]):
        raise CommandError(f"--tie-break « {written} » : cost, votes, puis file, lexico ou lot.", returncode=2)
    if written is None:
        return TieBreak(last=Last.LOT, seed=seed)
    last = Last.LOT if seed is not None and not lasts else Last(lasts[0] if lasts else "file")
    if last is Last.LOT and seed is None:
        raise CommandError("--tie-break lot : donnez la graine du tirage avec --seed.", returncode=2)
    return TieBreak(criteria, last, seed or "")


def _progress() -> Callable[[float], None]:
    said = -1

    def tell(done: float) -> None:
        nonlocal said
        if int(100 * done) > said:
            said = int(100 * done)
            sys.stderr.write(f"\r{said} %")

    return tell


def _told(name: str, result: Count, election: Election) -> dict[str, Any]:
    return {
        "rule": name,
        "winners": list(result.winners),
        "order": list(result.order),
        "groups": [list(group) for group in result.groups],
        "options": {"rule": result.rule, **result.options, "software": f"concertoit {__version__}"},
        "names": {option.id: option.name for option in election.options if option.name},
        "figures": result.figures,
        "file": {
            "format": election.format,
            "ballots": str(election.kind),
            "voters": len(election.ballots),
            "notes": list(election.notes),
        },
    }
