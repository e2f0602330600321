"""Official codes without any file, the real directory, outlines, the page of territories."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.core.errors import DomainError
from concertoit.ground.places import importers, rules, services
from concertoit.ground.places.enums import MRCS, REGIONS
from concertoit.ground.places.models import Mrc, Municipality, Region
from tests.hostile import assert_constant_queries

HEADER = "code_geo,nom,designation,code_mrc_mamh,code_mrc_sda,code_region,code_postal,population_decret,site_web\n"
SQUARE = [[-73.5, 46.0], [-73.4, 46.0], [-73.4, 46.1], [-73.5, 46.0]]


def written(tmp_path, text: str, name: str = "fichier.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_seventeen_regions_and_a_hundred_and_four_mrc_without_any_file(db):
    assert (len(REGIONS), len(MRCS)) == (17, 104)
    assert Region.objects.count() == 17
    assert Mrc.objects.count() == 104
    assert set(Mrc.objects.filter(region__code="14").values_list("code", flat=True)) == {
        "52",
        "60",
        "61",
        "62",
        "63",
        "64",
    }


def test_loading_the_reference_again_changes_nothing_and_repairs_names(db):
    Mrc.objects.filter(code="61").update(name="Autre")
    services.load_reference()
    assert Mrc.objects.get(code="61").name == "Joliette"
    assert Mrc.objects.count() == 104


@pytest.mark.parametrize(
    ("given_code", "code"),
    [("52", "52"), ("520", "52"), ("981", "981"), ("01", "01"), ("010", "01"), (" 610 ", "61"), ("999", ""), ("", "")],
)
def test_codes_of_mrc_are_read_both_ways(given_code: str, code: str):
    assert rules.sda_code(given_code) == code


def test_every_code_of_mrc_goes_there_and_back():
    assert all(rules.sda_code(rules.mamh_code(code)) == code for code, _name, _region in MRCS)


@pytest.mark.parametrize(
    ("given_code", "code"), [("J0K 1A0", "J0K 1A0"), ("j0k1a0", "J0K 1A0"), ("J0K 3K", ""), ("D0K 1A0", ""), ("", "")]
)
def test_postal_codes(given_code: str, code: str):
    assert rules.postal_code(given_code) == code


def test_the_real_directory_is_read_whole_and_its_flaws_are_listed(shared, db):
    path = shared("data/quebec/municipalites_qc.csv")
    directory = importers.read_municipalities(path)
    assert len(directory.rows) == 1130
    assert Counter(flaw.kind for flaw in directory.flaws) == {"postal_code": 81, "no_mrc": 52}
    out = StringIO()
    call_command("import_municipalities", str(path), stdout=out)
    report = out.getvalue()
    assert "81 codes postaux" in report
    assert "52 municipalités sans MRC" in report
    assert "Chertsey «\u00a0J0K 3K\u00a0»" in report
    assert Municipality.objects.count() == 1130
    assert Municipality.objects.filter(mrc=None).count() == 8  # the Cree villages; cities are found by their SDA code
    joliette = Municipality.objects.get(code="61025")
    assert (joliette.mrc.code, joliette.region.code) == ("61", "14")
    assert Municipality.objects.get(code="01023").code == "01023"
    assert Municipality.objects.filter(region__code="14").count() == 57

    again = services.load_municipalities(rows=directory.rows, source="encore")
    assert (again.created, again.updated, again.unchanged, again.gone) == (0, 0, 1130, [])


def test_a_municipality_that_leaves_the_directory_is_kept_and_named(tmp_path, db):
    first = importers.read_municipalities(written(tmp_path, HEADER + "61025,Joliette,Ville,610,61,14,J6E 1A1,100,\n"))
    services.load_municipalities(rows=first.rows, source="a")
    second = importers.read_municipalities(written(tmp_path, HEADER + "61013,Crabtree,Municipalité,610,61,14,,,\n"))
    loaded = services.load_municipalities(rows=second.rows, source="b")
    assert loaded.gone == ["61025"]
    assert Municipality.objects.filter(code="61025").exists()


def test_every_flaw_of_a_file_is_named_with_its_line(tmp_path):
    rows = [
        "61025,Joliette,Ville,999,,14,J6E 1A1,12 000,www.exemple.qc.ca",
        "6102,Court,Ville,610,61,14,,,",
        "61026,Ailleurs,Ville,610,61,77,,,",
        "61025,Joliette bis,Ville,610,61,14,,,",
    ]
    directory = importers.read_municipalities(written(tmp_path, HEADER + "\n".join(rows) + "\n"))
    assert [(flaw.kind, flaw.line) for flaw in directory.flaws] == [
        ("unknown_mrc", 2), ("number", 2), ("bad_code", 3), ("unknown_region", 4), ("repeated", 5),
    ]  # fmt: skip
    assert len(directory.rows) == 1
    assert directory.rows[0].website == "https://www.exemple.qc.ca"


def test_another_file_is_refused_with_what_it_lacks(tmp_path, db):
    with pytest.raises(DomainError, match="il manque code_geo"):
        importers.read_municipalities(written(tmp_path, "a;b\n1;2\n"))
    with pytest.raises(CommandError, match="ne s’ouvre pas"):
        call_command("import_municipalities", str(tmp_path / "absent.csv"))


@given(st.text())
def test_any_text_as_a_directory_is_read_or_refused(tmp_path_factory, text: str):
    path = tmp_path_factory.mktemp("essai") / "x.csv"
    path.write_bytes((HEADER + text).encode("utf-8", "surrogatepass"))
    importers.read_municipalities(path)


def test_real_outlines_are_accepted_from_both_formats(shared, db):
    call_command("import_boundaries", str(shared("data/quebec/qc_mrc_simplifie.geojson")), stdout=StringIO())
    assert Mrc.objects.exclude(boundary=None).count() == 104
    fine = importers.read_boundaries(shared("data/quebec/qc_mrc.topojson"))
    assert (len(fine.found), fine.refused) == (104, [])
    regions = importers.read_boundaries(shared("data/quebec/qc_regions_simplifie.geojson"))
    assert {kind for kind, _code in regions.found} == {"region"}
    assert len(regions.found) == 17


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        (None, "ni un polygone"),
        ({"type": "Point", "coordinates": [1, 2]}, "ni un polygone"),
        ({"type": "Polygon", "coordinates": []}, "vide"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "vide"),
        ({"type": "Polygon", "coordinates": [SQUARE[:3]]}, "moins de quatre points"),
        ({"type": "Polygon", "coordinates": [[*SQUARE, [-73.0, 46.0]]]}, "pas fermé"),
        ({"type": "Polygon", "coordinates": [[[-73, 46], [-73, 46], [-73, 46], [-73, 46]]]}, "pas de surface"),
        ({"type": "Polygon", "coordinates": [[["a", 46], *SQUARE]]}, "pas un nombre"),
        ({"type": "Polygon", "coordinates": [[[5_000_000, 46], *SQUARE]]}, "hors du Québec"),
    ],
)
def test_a_bad_outline_says_why(geometry, why: str):
    with pytest.raises(rules.NotAnOutline, match=why):
        rules.outline(geometry)


def test_a_bad_feature_is_refused_and_the_good_ones_are_kept(tmp_path, db):
    def feature(code, coordinates):
        geometry = {"type": "Polygon", "coordinates": coordinates}
        return {"type": "Feature", "properties": {"code_mrc": code}, "geometry": geometry}

    collection = {
        "type": "FeatureCollection",
        "features": [feature("610", [SQUARE]), feature("62", [SQUARE[:2]]), feature("777", [SQUARE])],
    }
    path = written(tmp_path, json.dumps(collection), "x.geojson")
    out = StringIO()
    call_command("import_boundaries", str(path), stdout=out)
    assert Mrc.objects.get(code="61").boundary["type"] == "Polygon"
    assert Mrc.objects.get(code="62").boundary is None
    assert "code 62" in out.getvalue()
    assert "«\u00a0777\u00a0» inconnu" in out.getvalue()


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"type": "Topology", "arcs": [[1]], "objects": {}}', '{"type": "Feature"}']
)
def test_a_file_that_is_no_map_is_refused(tmp_path, text: str):
    with pytest.raises(DomainError):
        importers.read_boundaries(written(tmp_path, text))


def test_the_page_of_territories(client, db):
    services.load_municipalities(
        rows=[
            services.MunicipalityFacts(
                code="61025", name="Joliette", designation="Ville", region="14", mrc="61", population=20000
            ),
            services.MunicipalityFacts(code="99070", name="Whapmagoostui", designation="Village cri", region="10"),
        ],
        source="essai",
    )
    html = client.get("/territoires/").content.decode()
    assert "2 municipalités" in html
    assert "104 MRC" in html
    assert "Sans MRC" in html
    assert "/territoires/?mrc=61" in html
    found = client.get("/territoires/?q=JOLIETT").content.decode()
    assert "1 municipalité" in found
    assert "Whapmagoostui" not in found
    assert "Aucun territoire" in client.get("/territoires/?q=zzz").content.decode()
    assert client.get("/territoires/?region=14").content.decode().count('<details class="card-q') == 6
    assert "20\u00a0000 personnes" in client.get("/territoires/?mrc=61").content.decode()


def test_the_page_of_territories_costs_the_same_with_more(client, db):
    def more():
        mrc = Mrc.objects.get(code="61")
        Municipality.objects.bulk_create(
            Municipality(code=f"618{n:02}", name=f"Lieu {n}", region=mrc.region, mrc=mrc) for n in range(50)
        )

    assert_constant_queries(more, lambda: client.get("/territoires/"), at_most=8)


def test_mrcs_are_chosen_under_their_region(db):
    from concertoit.ground.places.forms import MrcsField

    groups = dict(MrcsField(label="MRC").choices)
    assert [label for _value, label in groups["Lanaudière"]] == [
        "D’Autray", "Joliette", "L’Assomption", "Les Moulins", "Matawinie", "Montcalm",
    ]  # fmt: skip
    names = [label for _value, label in groups["Mauricie"]]
    assert names.index("Mékinac") < names.index("Shawinigan")
