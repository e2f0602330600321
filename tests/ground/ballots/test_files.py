"""Ballot files: what each format says, what is refused and where, and Pabulib back and forth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.ballots.exports import to_pabulib
from concertoit.ground.ballots.importers import BallotFileError, read
from concertoit.ground.ballots.rules.catalogue import Count, count
from concertoit.ground.ballots.rules.election import (
    Ballot,
    Election,
    Kind,
    Option,
    as_grades,
    as_points,
    as_rankings,
    grade_count,
)
from concertoit.ground.ballots.rules.names import Unranked, choose
from tests.shared_data import shared

PB = """META
key; value
description; Essai
num_projects; 3
num_votes; 3
budget; 1000.50
rule: greedy
vote_type; {kind}
max_length; 2
comment; "un; deux"
PROJECTS
project_id; cost; name; subunit
1; 600; "Un ""grand"" projet; cher"; Nord
2; 400,5; Deux;
3; 1; Trois; Sud
VOTES
voter_id; vote; age{points}
v1; 1,2; 30{p1}
v2; 2; 40{p2}
v3; ; 50{p3}
"""


def pb(kind: str = "approval", points: tuple[str, str, str] | None = None) -> str:
    first, second, third = points or ("", "", "")
    if not points:
        return PB.format(kind=kind, points="", p1="", p2="", p3="")
    return PB.format(kind=kind, points="; points", p1=f"; {first}", p2=f"; {second}", p3=f"; {third}")


def of(text: str, name: str = "votes") -> Election:
    return read(text.encode(), name)


def counted(text: str, rule: str, name: str = "votes") -> Count:
    return count(of(text, name), choose(rule))


class TestPabulib:
    def test_every_part_is_kept(self) -> None:
        election = of(pb())
        assert election.budget == Fraction(2001, 2)
        assert election.meta["comment"] == "un; deux"
        assert election.meta["rule"] == "greedy"
        assert [option.cost for option in election.options] == [600, Fraction(801, 2), 1]
        assert election.options[0].name == 'Un "grand" projet; cher'
        assert election.options[0].details == {"subunit": "Nord"}
        assert [dict(ballot.marks) for ballot in election.ballots] == [{"1": 1, "2": 1}, {"2": 1}, {}]
        assert election.ballots[0].details == {"age": "30"}
        assert election.notes == ()

    def test_the_four_kinds(self) -> None:
        assert of(pb("ordinal")).ballots[0].marks == {"1": 1, "2": 2}
        assert of(pb("choose-1")).kind is Kind.APPROVAL
        scored = of(pb("scoring", ("3,-1", "0.5", "")))
        assert scored.ballots[0].marks == {"1": 3, "2": -1}
        assert scored.ballots[1].marks == {"2": Fraction(1, 2)}
        assert of(pb("cumulative", ("2,1", "3", ""))).kind is Kind.CUMULATIVE

    def test_rankings_count_as_pabulib_does(self) -> None:
        assert [dict(points.points) for points in as_points(of(pb("ordinal")))] == [{"1": 2, "2": 1}, {"2": 1}, {}]

    def test_a_default_score_goes_to_what_is_left_out(self) -> None:
        text = pb("scoring", ("3,1", "5", "")).replace("max_length; 2", "default_score; 2")
        election = of(text)
        assert as_points(election)[0].points == {"1": 3, "2": 1, "3": 2}
        assert [list(map(set, ranking.tiers)) for ranking in as_rankings(election)] == [
            [{"1"}, {"3"}, {"2"}],
            [{"2"}],
            [],
        ]

    def test_the_file_says_what_is_odd(self) -> None:
        notes = of(pb().replace("num_votes; 3", "num_votes; 9").replace("max_length; 2", "max_length; 1")).notes
        assert len(notes) == 2
        assert "num_votes" in notes[0]
        assert of(pb().replace("budget; 1000.50\n", "")).notes

    def test_a_threshold_is_that_of_the_file(self) -> None:
        text = pb().replace("max_length; 2", "min_project_score_threshold; 2")
        assert counted(text, "greedy").winners == ("2",)
        assert counted(pb(), "greedy").winners == ("2", "1")
        assert counted(text, "greedy").options["threshold"] == 2

    @pytest.mark.parametrize(
        ("before", "after", "line"),
        [
            ("META\n", "", 1),
            ("vote_type; approval", "vote_type; pouce", 8),
            ("2; 400,5; Deux", "2; cher; Deux", 14),
            ("2; 400,5; Deux", "1; 4; Deux", 14),
            ("3; 1; Trois", "3; -1; Trois", 15),
            ("v2; 2; 40", "v2; 9; 40", 19),
            ("v2; 2; 40", "v2; 2,2; 40", 19),
            ("v2; 2; 40", "v2; 2; 40; 3; 3", 19),
            ("PROJECTS\nproject_id; cost", "PROJECTS\nid; cost", 0),
            ("VOTES\n", "", 0),
            ("budget; 1000.50", "budget; beaucoup", 6),
        ],
    )
    def test_what_is_wrong_is_said_with_its_line(self, before: str, after: str, line: int) -> None:
        with pytest.raises(BallotFileError) as error:
            of(pb().replace(before, after), "essai.pb")
        assert error.value.line == line
        assert (f"Ligne {line} : " in str(error.value).replace("\u00a0", " ")) is bool(line)

    @pytest.mark.parametrize("points", [("2", "1", ""), ("a,b", "1", "")])
    def test_points_answer_the_projects(self, points: tuple[str, str, str]) -> None:
        with pytest.raises(BallotFileError) as error:
            of(pb("cumulative", points))
        assert error.value.line == 18

    def test_borda_of_pabulib_counts_what_is_ranked(self) -> None:
        assert counted(pb("ordinal"), "borda").figures == {"2": 2, "1": 2, "3": 0}
        choices = replace(choose("borda"), unranked=Unranked.AVERAGE)
        assert count(of(pb("ordinal")), choices).figures == {"2": 4, "1": "7/2", "3": "3/2"}

    @pytest.mark.parametrize("name", ["Netherlands_Assen_2024", "France_Toulouse_2019", "Switzerland_Zurich_D5"])
    def test_votes_and_scores_are_those_of_the_file(self, name: str) -> None:
        election = read(shared(f"data/pabulib/{name}.pb").read_bytes(), f"{name}.pb")
        for rule, column in (("approval", "votes"), ("score", "score"), ("dots", "score")):
            found = count(election, choose(rule))
            assert found.options["rejected"] == 0
            written = {option.id: option.details.get(column) for option in election.options}
            assert None in written.values() or {key: int(str(text)) for key, text in written.items()} == found.figures

    @pytest.mark.parametrize("name", ["Netherlands_Assen_2024", "France_Toulouse_2019", "Switzerland_Zurich_D5"])
    def test_real_files_leave_as_they_came(self, name: str) -> None:
        election = read(shared(f"data/pabulib/{name}.pb").read_bytes(), f"{name}.pb")
        again = of(to_pabulib(election))
        assert again == replace(election, notes=again.notes)
        assert not election.notes


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12).map(str.strip)
NUMBERS = st.fractions(min_value=0, max_value=99, max_denominator=12).map(
    lambda one: int(one) if one.denominator == 1 else one
)


@st.composite
def elections(draw: st.DrawFn) -> Election:
    """Any election that Pabulib can say."""
    kind = draw(st.sampled_from([Kind.APPROVAL, Kind.ORDINAL, Kind.CUMULATIVE, Kind.SCORING, Kind.GRADES]))
    ids = draw(st.lists(st.from_regex(r"[A-Za-z0-9\-]{1,4}", fullmatch=True), unique=True, min_size=1, max_size=5))
    ids = [name for name in ids if name.upper() not in {"META", "VOTES"}] or ["a"]
    options = tuple(Option(name, draw(TEXTS), draw(NUMBERS), {"subunit": draw(TEXTS)}) for name in ids)
    grades = ("essentiel", "important", "peu utile") if kind is Kind.GRADES else ()
    ballots = []
    for position in range(draw(st.integers(0, 5))):
        chosen = draw(st.permutations(ids))[: draw(st.integers(0, len(ids)))]
        marks: dict[str, int | Fraction] = dict.fromkeys(chosen, 1)
        if kind is Kind.ORDINAL:
            marks = {name: rank for rank, name in enumerate(chosen, start=1)}
        elif kind is Kind.GRADES:
            marks = {name: draw(st.integers(0, 2)) for name in chosen}
        elif kind is not Kind.APPROVAL:
            marks = {name: draw(NUMBERS) for name in chosen}
        weight = draw(st.sampled_from([1, 1, 2, Fraction(1, 3)]))
        ballots.append(Ballot(f"v{position}", marks, weight, {"sex": draw(TEXTS)}))
    return Election("pabulib", kind, options, tuple(ballots), budget=draw(NUMBERS), grades=grades)


@given(elections())
def test_pabulib_back_and_forth(election: Election) -> None:
    again = of(to_pabulib(election))
    assert (again.kind, again.options, again.budget, again.grades) == (
        election.kind,
        election.options,
        election.budget,
        election.grades,
    )
    for here, there in zip(election.ballots, again.ballots, strict=True):
        assert (here.voter, here.marks, here.weight) == (there.voter, there.marks, there.weight)
        assert there.details["sex"] == here.details["sex"]
    assert of(to_pabulib(again)) == again  # and the text is stable


def test_pabulib_cannot_say_equals_or_bare_numbers() -> None:
    with pytest.raises(ValueError, match="Pabulib"):
        to_pabulib(of("[[1,2]]"))
    with pytest.raises(ValueError, match="Pabulib"):
        to_pabulib(of("2 1\n1 1=2 0\n0\n", "x.blt"))


class TestBelenios:
    def test_the_published_vector(self) -> None:
        election = read(shared("data/majority-judgment/mj.votes.txt").read_bytes(), "mj.votes.txt")
        found = count(election, choose("majority-judgment"))
        assert found.order == ("0", "1", "2", "3")
        assert found.winners == ("0",)
        assert found.options["ballots"] == {"counted": 100, "blank": 1, "invalid": 1}
        assert found.figures["2"]["tally"] == [6, 24, 40, 24, 6]

    def test_numbers_are_ranks_for_rules_on_rankings(self) -> None:
        text = "[[1,2,0]]\n[[1,0,2]]\n[[2,1,0]]\n"
        assert counted(text, "schulze").groups == (("0",), ("1",), ("2",))
        assert count(of(text), replace(choose("stv"), seats=1)).winners == ("0",)
        assert counted(text, "borda").winners == ("0",)

    def test_one_list_of_ballots(self) -> None:
        assert len(of("[[1,2],[2,1],[1,1]]").ballots) == 3

    @pytest.mark.parametrize(("text", "line"), [("[[1,2]]\n[[1]]", 2), ("[[1]]\n[[-1]]", 2), ('[["a"]]\n[[', 1)])
    def test_what_is_wrong_is_said(self, text: str, line: int) -> None:
        with pytest.raises(BallotFileError) as error:
            of(text)
        assert error.value.line == line


class TestBlt:
    TEXT = '4 2  # places\n-2\n3 1 3=4 0\n2 - 4 2 0\n1 0\n0\n"A"\n"B # b"\n"C"\n"D"\n"Conseil"\n'

    def test_ballots_names_seats(self) -> None:
        election = of(self.TEXT)
        assert (election.format, election.seats, election.meta) == ("blt", 2, {"title": "Conseil"})
        assert [(option.id, option.name) for option in election.options] == [("1", "A"), ("3", "C"), ("4", "D")]
        assert [(dict(ballot.marks), ballot.weight) for ballot in election.ballots] == [
            ({"1": 1, "3": 2, "4": 2}, 3),
            ({"4": 1}, 2),
            ({}, 1),
        ]
        assert counted(self.TEXT, "stv").options["seats"] == 2
        assert counted(self.TEXT, "stv").winners == ("1", "4")

    @pytest.mark.parametrize(
        ("before", "after", "line"),
        [
            ("4 2  #", "quatre deux #", 1),
            ("2 0\n1 0", "2\n1 0", 4),
            ("3=4", "3=9", 3),
            ("3=4", "1", 3),
            ("3=4", "z", 3),
        ],
    )
    def test_what_is_wrong_is_said(self, before: str, after: str, line: int) -> None:
        with pytest.raises(BallotFileError) as error:
            of(self.TEXT.replace(before, after), "x.blt")
        assert error.value.line == line

    def test_the_end_is_needed(self) -> None:
        with pytest.raises(BallotFileError):
            of("2 1\n1 1 0\n", "x.blt")


class TestPreflib:
    TOI = (
        "# FILE NAME: a.toi\n"
        "# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n# ALTERNATIVE NAME 3: C\n"
        "2: 1,{2,3}\n1: 3\n"
    )

    def test_rankings(self) -> None:
        election = of(self.TOI)
        assert [(dict(ballot.marks), ballot.weight) for ballot in election.ballots] == [
            ({"1": 1, "2": 2, "3": 2}, 2),
            ({"3": 1}, 1),
        ]
        assert counted(self.TOI, "schulze").groups == (("1",), ("3",), ("2",))

    def test_the_former_form(self) -> None:
        election = of("3\n1,A\n2,B\n3,C\n3,3,2\n2,1,{2,3}\n1,3\n", "a.toi")
        assert [dict(ballot.marks) for ballot in election.ballots] == [{"1": 1, "2": 2, "3": 2}, {"3": 1}]
        assert election.options[0].name == "A"

    def test_categories_are_grades(self) -> None:
        text = "# TITLE: x\n# CATEGORY NAME 1: Oui\n# CATEGORY NAME 2: Non\n" + self.TOI.split("\n", 1)[1]
        election = of(text.replace("2: 1,{2,3}", "2: {},{1,2,3}").replace("1: 3", "3: {1,3},2"))
        assert (election.kind, election.grades) == (Kind.GRADES, ("Oui", "Non"))
        assert count(election, choose("approval")).figures == {"1": 3, "3": 3, "2": 0}
        assert count(election, choose("mj")).figures["1"] == {"median": "Oui", "rank": 1, "tally": [3, 2]}

    @pytest.mark.parametrize(
        ("before", "after", "line"), [("1,{2,3}", "1,{2,9}", 5), ("1,{2,3}", "1,1", 5), ("1: 3", "x", 6)]
    )
    def test_what_is_wrong_is_said(self, before: str, after: str, line: int) -> None:
        with pytest.raises(BallotFileError) as error:
            of(self.TOI.replace(before, after))
        assert error.value.line == line

    @pytest.mark.parametrize("text", ["# TITLE: rien\n1: 1\n", "3\n1,A\n", "2\n1,A\nB\n1,1,1\n1,1\n"])
    def test_options_are_needed(self, text: str) -> None:
        with pytest.raises(BallotFileError):
            of(text, "a.soc")


class TestTable:
    def test_words_are_grades(self) -> None:
        text = "organisation;poids;a;b\nUn;1;essentiel;Utile\nDeux;2;je ne sais pas;à laisser\n"
        election = of(text, "x.csv")
        assert election.kind is Kind.GRADES
        assert [(ballot.voter, dict(ballot.marks), ballot.weight) for ballot in election.ballots] == [
            ("Un", {"a": 0, "b": 2}, 1),
            ("Deux", {"b": 4}, 2),
        ]
        assert count(election, choose("median")).order == ("a", "b")

    def test_numbers_are_points_unless_said(self) -> None:
        points = of("a,b,c\n5,1,\n2,3,4\n1,0,1\n")
        assert points.kind is Kind.SCORING
        assert count(points, choose("score")).figures == {"a": 8, "c": 5, "b": 4}
        assert count(points, choose("schulze")).groups == (("a", "c"), ("b",))
        ranks = of("# ballots: ranks\na,b,c\n1,2,\n2,3,1\n")
        assert count(ranks, choose("borda")).figures == {"a": 3, "c": 2, "b": 1}

    def test_crosses_are_approvals_and_costs_a_line(self) -> None:
        text = "# budget: 10\nvotant\ta\tb\tc\ncoût\t4\t5\t6\n1\tx\t\toui\n2\tx\tx\t0\n"
        election = of(text, "x.tsv")
        assert (election.kind, election.budget) == (Kind.APPROVAL, 10)
        assert count(election, choose("greedy")).winners == ("a", "b")
        assert count(election, choose("approval")).figures == {"a": 2, "b": 1, "c": 1}

    def test_a_column_of_rankings(self) -> None:
        election = of("weight,ranking\n3,B > A = C\n2,A > C\n")
        assert [list(map(set, ranking.tiers)) for ranking in as_rankings(election)] == [
            [{"B"}, {"A", "C"}],
            [{"A"}, {"C"}],
        ]
        assert count(election, choose("schulze")).winners == ("B",)

    def test_grades_may_be_said(self) -> None:
        election = read(b"a,b\nBien,Mal\n", "x.csv", grades=["Bien", "Mal"])
        assert election.ballots[0].marks == {"a": 0, "b": 1}
        assert of("# grades: Bien, Mal\na,b\nBien,\n").ballots[0].marks == {"a": 0}

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("a,b\n1,2,3\n", 2),
            ("a,b\n1,bof\n", 2),
            ("a,a\n1,1\n", 1),
            ("a,b\nessentiel,bof\n", 2),
            ("voter,weight,a\n1,0,1\n", 2),
            ("weight,ranking\n1,A>A\n", 2),
            ("# ballots: pouces\na,b\n1,1\n", 0),
            ("# rien\n", 0),
            ("bonjour\n", 1),
            ("  \n", 0),
        ],
    )
    def test_what_is_wrong_is_said(self, text: str, line: int) -> None:
        with pytest.raises(BallotFileError) as error:
            of(text)
        assert error.value.line == line

    def test_a_cross_is_yes_or_no(self) -> None:
        with pytest.raises(BallotFileError):
            read(b"a,b\nx,peut-etre\n", "x.csv", kind=Kind.APPROVAL)

    def test_old_spreadsheets_are_read(self) -> None:
        election = read("é;b\nessentiel;à laisser\n".encode("cp1252"), "x.csv")
        assert election.ids == ["é", "b"]


class TestJson:
    def test_options_and_ballots(self) -> None:
        text = (
            '{"options": ["a", {"id": 2, "name": "Deux", "cost": 1.5}], "budget": 3, "seats": 1, "meta": {"unit": "x"},'
            ' "ballots": [["a"], ["a", 2], {"marks": {"2": 1}, "weight": 2, "voter": "V"}]}'
        )
        election = of(text)
        assert (election.budget, election.seats, election.meta) == (3, 1, {"unit": "x"})
        assert election.options[1] == Option("2", "Deux", Fraction(3, 2))
        assert count(election, choose("approval")).figures == {"2": 3, "a": 2}

    def test_rankings_and_grades(self) -> None:
        ranked = of('{"kind": "ordinal", "options": ["a","b","c"], "ballots": [["a", ["b","c"]]]}')
        assert ranked.ballots[0].marks == {"a": 1, "b": 2, "c": 2}
        graded = of('{"grades": ["bien","mal"], "options": ["a","b"], "ballots": [{"a": "mal", "b": null}]}')
        assert graded.ballots[0].marks == {"a": 1}

    @pytest.mark.parametrize(
        "text",
        [
            "{",
            '{"options": 3}',
            '{"options": ["a"]}',
            '{"options": ["a","a"], "ballots": []}',
            '{"options": ["a"], "ballots": [["z"]]}',
            '{"options": ["a"], "ballots": [["a","a"]]}',
            '{"options": ["a"], "ballots": [{"a": "bof"}]}',
            '{"options": ["a"], "ballots": [3]}',
            '{"options": ["a"], "kind": "pouces", "ballots": []}',
            '{"options": [{"id": "a", "cost": "cher"}], "ballots": []}',
        ],
    )
    def test_what_is_wrong_is_said(self, text: str) -> None:
        with pytest.raises(BallotFileError):
            of(text)


class TestForms:
    def test_grades_are_supports_for_the_better_half(self) -> None:
        election = of("# grades: A,B,C,D,E\nx,y,z\nA,B,C\n")
        assert as_points(election)[0].points == {"x": 1, "y": 1}
        assert as_points(election, favourable=1)[0].points == {"x": 1}

    def test_approvals_are_two_grades(self) -> None:
        graded = as_grades(of("a,b\nx,\n"))
        assert (graded.ballots, graded.grades) == ([{"a": 0, "b": 1}], ("1", "0"))

    def test_points_are_grades_by_value(self) -> None:
        graded = as_grades(of("a,b\n5,0\n3,\n"))
        assert (graded.ballots, graded.grades) == ([{"a": 0, "b": 2}, {"a": 1}], ("5", "3", "0"))
        assert as_grades(of("a,b\n5,0\n3,\n"), whole=True).invalid == 1

    def test_grades_that_nobody_names_are_those_used(self) -> None:
        assert grade_count(of("[[1,4]]\n[[2,2]]")) == 4
