"""``concertoit count``: what it prints, the names it understands, and code 2 when a file cannot be counted as asked."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from concertoit import __version__
from concertoit.ground.ballots.rules.equal_shares import Completion, Satisfaction
from concertoit.ground.ballots.rules.names import NAMES, Rule, choose

PB = """META
key;value
num_projects;3
num_votes;4
budget;10
vote_type;approval
rule;equalshares/add1
PROJECTS
project_id;cost;name
a;6;Un jardin
b;4;Un banc
c;4;Un abri
VOTES
voter_id;vote
1;a,b
2;a,b
3;a,c
4;c
"""


def told(file: Path, *arguments: str) -> dict[str, Any]:
    """The JSON that the command prints."""
    output = StringIO()
    call_command("count", str(file), "--json", *arguments, stdout=output)
    found: dict[str, Any] = json.loads(output.getvalue())
    return found


@pytest.fixture
def pb(tmp_path: Path) -> Path:
    file = tmp_path / "essai.pb"
    file.write_text(PB)
    return file


def refused(file: Path, *arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        call_command("count", str(file), *arguments, stdout=StringIO())
    assert error.value.returncode == 2
    return str(error.value)


def test_the_checkers_own_example(pb: Path) -> None:
    """Pabulib's checker uses this election: bare equal shares buys a, add-one also c."""
    found = told(pb, "--rule", "mes")
    assert (found["rule"], found["winners"]) == ("mes", ["a"])
    assert told(pb, "--rule", "equalshares/add1")["winners"] == ["a", "c"]
    assert found["options"] == {
        "rule": "equal-shares",
        "satisfaction": "cost",
        "completion": "none",
        "increment": 1,
        "threshold": 0,
        "budget": 10,
        "endowment": "5/2",
        "tie_break": ["cost", "votes", "file"],
        "seed": None,
        "code_version": "1",
        "software": f"concertoit {__version__}",
    }
    assert found["names"] == {"a": "Un jardin", "b": "Un banc", "c": "Un abri"}


def test_the_rule_of_the_file_when_none_is_said(pb: Path) -> None:
    found = told(pb)
    assert (found["rule"], found["options"]["completion"]) == ("equal-shares", "add1")


def test_flags_choose_too(pb: Path) -> None:
    found = told(pb, "--rule", "mes", "--completion", "add1+greedy", "--satisfaction", "cardinality", "--budget", "14")
    assert (found["options"]["completion"], found["options"]["satisfaction"]) == ("add1+greedy", "cardinality")
    assert found["figures"]["spent"] == 14
    greedy = told(pb, "--rule", "greedy", "--no-skip", "--threshold", "2", "--merit", "votes-per-cost")
    assert greedy["options"]["merit"] == "votes-per-cost"
    assert greedy["options"]["skip"] is False


def test_a_draw_says_its_seed(pb: Path) -> None:
    found = told(pb, "--rule", "greedy", "--tie-break", "votes,lot", "--seed", "24 février")
    assert found["options"]["tie_break"] == ["votes", "lot"]
    assert found["options"]["seed"] == "24 février"
    assert told(pb, "--rule", "approval", "--seed", "x")["options"]["tie_break"] == ["cost", "votes", "lot"]


def test_people_read_a_summary(pb: Path) -> None:
    output = StringIO()
    call_command("count", str(pb), "--rule", "approval", stdout=output)
    assert "Retenues :\n  a  Un jardin\nEnsuite :\n  b  Un banc = c  Un abri" in output.getvalue()


@pytest.mark.parametrize("rule", sorted(NAMES))
def test_every_name_counts(rule: str, pb: Path) -> None:
    found = told(pb, "--rule", rule, "--seats", "1")
    assert found["winners"]
    assert found["rule"] == rule
    assert set(found["winners"]) <= set(found["order"]) <= {"a", "b", "c"}


@pytest.mark.parametrize(
    ("name", "satisfaction", "completion"),
    [
        ("MES-cost", Satisfaction.COST, None),
        ("mes_cardinality", Satisfaction.CARDINALITY, None),
        ("equal shares", None, None),
        ("equal-shares+add1", None, Completion.ADD1),
        ("mes-card-add1u", Satisfaction.CARDINALITY, Completion.ADD1_GREEDY),
        ("equalshares-greedy", None, Completion.GREEDY),
        ("mes-points-cost+add1-greedy", Satisfaction.POINTS_COST, Completion.ADD1_GREEDY),
        ("mes-points", Satisfaction.POINTS, None),
        ("mes-add1-cost", Satisfaction.COST, Completion.ADD1),
        ("mes cost with add-one and greedy completion", Satisfaction.COST, Completion.ADD1_GREEDY),
        ("equalshares-none", None, Completion.NONE),
    ],
)
def test_names_of_equal_shares(name: str, satisfaction: Satisfaction | None, completion: Completion | None) -> None:
    chosen = choose(name)
    assert (chosen.rule, chosen.satisfaction, chosen.completion) == (Rule.EQUAL_SHARES, satisfaction, completion)


@pytest.mark.parametrize("name", ["", "unknown", "mes-maybe", "mess", "bord", "mes-cost-cardinality", "mes-none-add1"])
def test_other_names_are_not_guessed(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        choose(name)


@pytest.mark.parametrize("name", ["Borda count", "approval_voting", "Schulze method", "range-voting"])
def test_endings_of_names(name: str) -> None:
    assert choose(name).rule in {Rule.BORDA, Rule.APPROVAL, Rule.SCHULZE, Rule.SCORE}


def test_greedy_without_skipping_by_its_pabulib_name() -> None:
    assert choose("greedy-no-skip").skip is False


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rule", "dictature"], "La règle « dictature »"),
        (["--rule", "stv"], "--seats"),
        (["--rule", "mes", "--budget", "beaucoup"], "--budget"),
        (["--rule", "borda", "--seats", "0"], "--seats"),
        (["--rule", "mes", "--increment", "0"], "increment"),
        (["--rule", "borda", "--tie-break", "lot"], "--seed"),
        (["--rule", "borda", "--tie-break", "file,cost"], "--tie-break"),
        (["--rule", "borda", "--tie-break", "hasard"], "--tie-break"),
    ],
)
def test_what_cannot_be_asked(arguments: list[str], said: str, pb: Path) -> None:
    assert said in refused(pb, *arguments)


def test_what_cannot_be_counted(tmp_path: Path) -> None:
    assert "absent.pb" in refused(tmp_path / "absent.pb", "--rule", "mj")
    broken = tmp_path / "x.pb"
    broken.write_text(PB.replace("a;6;", "a;six;"))
    assert "x.pb : Ligne 10 : " in refused(broken, "--rule", "mes").replace("\u00a0", " ")
    table = tmp_path / "x.csv"
    table.write_text("a,b\nx,\n")
    assert "budget" in refused(table, "--rule", "greedy")
    assert "coût" in refused(table, "--rule", "greedy", "--budget", "3")


def test_a_table_is_told_what_it_holds(tmp_path: Path) -> None:
    table = tmp_path / "x.csv"
    table.write_text("a,b\n1,2\n2,1\n1,2\n")
    assert told(table, "--rule", "schulze", "--ballots", "ranks")["winners"] == ["a"]
    table.write_text("a,b\nBien,Mal\nMal,\n")
    found = told(table, "--rule", "mj", "--grades", "Bien,Mal", "--partial", "exclude", "--median", "upper")
    assert found["options"]["ballots"] == {"counted": 1, "blank": 0, "invalid": 1}
    assert found["options"]["median"] == "upper"


def test_long_counts_say_where_they_are(pb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(pb, "--rule", "mes+add1", "--progress")
    assert " %" in capsys.readouterr().err


def test_from_the_shell(pb: Path) -> None:
    """The exit codes that scripts see, and a help that names every rule."""
    command = [sys.executable, "-m", "concertoit", "count"]
    good = subprocess.run([*command, str(pb), "--rule", "mj", "--json"], capture_output=True, text=True, check=True)
    assert json.loads(good.stdout)["winners"] == ["a"]
    bad = subprocess.run([*command, str(pb), "--rule", "non"], capture_output=True, text=True, check=False)
    assert bad.returncode == 2
    manual = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout
    assert all(rule in manual for rule in Rule)
