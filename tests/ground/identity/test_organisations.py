"""The shared directory: names, other names, duplicates, merging with nothing lost."""

import pytest
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity import queries, services
from concertoit.ground.identity.models import Organisation, OrganisationAlias, Person, PersonalData, User
from concertoit.ground.identity.services import ContactFacts, OrganisationFacts, PersonFacts
from concertoit.ground.places.models import Mrc
from concertoit.ground.spaces.models import Membership
from tests.personas import Table


def organisation(name: str, **facts: object) -> Organisation:
    return services.create_organisation(actor=None, facts=OrganisationFacts(name=name, **facts))


@pytest.fixture
def dsl(db: None) -> Organisation:
    return organisation("Développement social Lanaudière", short_name="DSL", aliases=("DS Lanaudière",))


@pytest.mark.parametrize("name", ["dsl", "DS LANAUDIERE", "développement social lanaudiere", "D S Lanaudière "])
def test_an_organisation_is_found_by_any_of_its_names(dsl: Organisation, name: str):
    found = queries.OrganisationIndex().find(name)
    assert (found == dsl) == (name != "D S Lanaudière ")


def test_a_name_that_two_bear_finds_nobody(db: None):
    one, other = organisation("Table A", short_name="TA"), Organisation.objects.create(name="Table B", short_name="TA")
    index = queries.OrganisationIndex()
    assert index.find("ta") is None
    assert index.matches("ta") == [one, other]
    assert index.find("") is None


def test_a_whole_name_comes_before_a_short_one(db: None):
    whole = organisation("Coalition")
    Organisation.objects.create(name="Coalition des tables", short_name="Coalition")
    assert queries.OrganisationIndex().find("COALITION") == whole


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"name": "ds lanaudière"}, "name", "est déjà un nom de"),
        ({"name": "Autre", "aliases": ("DSL",)}, "aliases", "est déjà un nom de"),
        ({"name": "..."}, "name", "au moins une lettre"),
        ({"name": "Autre", "neq": "123"}, "neq", "dix chiffres"),
    ],
)
def test_what_the_directory_refuses(dsl: Organisation, facts: dict, field: str, words: str):
    with pytest.raises(DomainError, match=words) as caught:
        services.create_organisation(actor=None, facts=OrganisationFacts(**facts))
    assert caught.value.field == field


def test_a_neq_belongs_to_one(db: None):
    organisation("Une", neq="1162 345 678")
    with pytest.raises(DomainError, match="porte déjà ce NEQ"):
        organisation("Deux", neq="1162345678")


def test_changing_keeps_the_rows_of_other_names_that_stay(dsl: Organisation):
    kept = dsl.aliases.get().pk
    facts = OrganisationFacts(name=dsl.name, short_name="DSL", aliases=("DS Lanaudière", "Dév. social"))
    services.update_organisation(actor=None, organisation=dsl, facts=facts)
    assert set(dsl.aliases.values_list("name", flat=True)) == {"DS Lanaudière", "Dév. social"}
    assert dsl.aliases.filter(pk=kept).exists()
    entry = Entry.objects.get(verb="organisation.updated")
    assert entry.after["aliases"] == ["DS Lanaudière", "Dév. social"]
    services.update_organisation(actor=None, organisation=dsl, facts=facts)
    assert Entry.objects.filter(verb="organisation.updated").count() == 1


def test_an_alias_is_learned_once(dsl: Organisation):
    services.add_alias(actor=None, organisation=dsl, name="Dév. social")
    services.add_alias(actor=None, organisation=dsl, name="DEV SOCIAL")
    assert dsl.aliases.count() == 2
    other = organisation("Autre")
    with pytest.raises(DomainError):
        services.add_alias(actor=None, organisation=other, name="dsl")


def test_suggestions_say_why(dsl: Organisation):
    organisation("D.S.L. Nord")
    same = Organisation.objects.create(name="DSL")
    words = organisation("Habitation X, organisme")
    organisation("Organisme d’habitation X")
    rows = Organisation.objects.prefetch_related("aliases")
    found = {(pair.one.pk, pair.other.pk): pair.reason for pair in queries.similar_organisations(rows)}
    assert found == {(dsl.pk, same.pk): "same_name", (words.pk, words.pk + 1): "same_words"}


def pointing_at(row: models.Model) -> dict[str, set[int]]:
    """Everything of the house that points at a row."""
    found = {}
    for relation in queries.relations_to(type(row)):
        model, column = relation.related_model, relation.field.attname
        ids = set(model._default_manager.filter(**{column: row.pk}).values_list("pk", flat=True))
        if ids:
            found[f"{model._meta.label}.{column}"] = ids
    return found


def test_merging_moves_everything_and_undoing_gives_it_back(table: Table):
    kept, merged = table.y, table.x
    merged.mrcs.add(Mrc.objects.get(code="61"))
    services.add_alias(actor=None, organisation=merged, name="L’X")
    before_kept, before_merged = pointing_at(kept), pointing_at(merged)
    assert {"plans.NodeActor.organisation_id", "spaces.Membership.organisation_id"} <= set(before_merged)

    services.merge_organisations(actor=table.user("coordinator"), kept=kept, merged=merged)
    assert pointing_at(merged) == {}
    after = pointing_at(kept)
    for place, ids in before_merged.items():
        assert ids <= after[place]
    merged.refresh_from_db()
    assert merged.merged_into == kept
    for name in ("Organisme X d’habitation", "organisme x", "l'x"):
        assert queries.OrganisationIndex().find(name) == kept

    services.undo_merge(actor=table.user("coordinator"), merged=Organisation.objects.get(pk=merged.pk))
    assert pointing_at(kept) == before_kept
    assert pointing_at(merged) == before_merged
    assert queries.OrganisationIndex().find("organisme x") == merged
    with pytest.raises(DomainError):
        services.undo_merge(actor=None, merged=Organisation.objects.get(pk=merged.pk))


def test_merging_fills_what_was_empty(db: None):
    kept, merged = organisation("Une"), organisation("Deux", neq="1162345678", website="https://exemple.test")
    services.merge_organisations(actor=None, kept=kept, merged=merged)
    kept.refresh_from_db()
    assert (kept.neq, kept.website) == ("1162345678", "https://exemple.test")
    services.undo_merge(actor=None, merged=Organisation.objects.get(pk=merged.pk))
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.neq, merged.neq) == ("", "1162345678")


def test_the_same_mrc_on_both_is_kept_once_and_comes_back(db: None):
    mrc = Mrc.objects.get(code="61")
    kept, merged = organisation("Une", mrcs=(mrc,)), organisation("Deux", mrcs=(mrc,))
    services.merge_organisations(actor=None, kept=kept, merged=merged)
    assert list(kept.mrcs.all()) == [mrc]
    services.undo_merge(actor=None, merged=Organisation.objects.get(pk=merged.pk))
    assert list(merged.mrcs.all()) == [mrc]


def test_what_cannot_be_merged(db: None):
    one, other = organisation("Une", neq="1162345678"), organisation("Deux", neq="1162345679")
    with pytest.raises(DomainError, match="NEQ différents"):
        services.merge_organisations(actor=None, kept=one, merged=other)
    with pytest.raises(DomainError, match="deux fiches différentes"):
        services.merge_organisations(actor=None, kept=one, merged=one)
    third = organisation("Trois")
    services.merge_organisations(actor=None, kept=one, merged=third)
    with pytest.raises(DomainError, match="déjà fusionnée"):
        services.merge_organisations(actor=None, kept=other, merged=Organisation.objects.get(pk=third.pk))
    with pytest.raises(DomainError, match="modifiez l’autre"):
        services.update_organisation(
            actor=None, organisation=Organisation.objects.get(pk=third.pk), facts=OrganisationFacts(name="Encore")
        )


NAMES = st.sampled_from(["Alpha", "Bêta", "Gamma", "Delta"])


class MergeProperty(TestCase):
    """Whatever the names and links: merging loses no participation, no name; undoing restores all."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(NAMES, min_size=2, max_size=4, unique=True), st.lists(st.integers(0, 3), max_size=6), st.booleans()
    )
    def test_nothing_is_lost(self, names: list[str], links: list[int], short: bool):
        from concertoit.ground.spaces.models import Space

        rows = [organisation(name, short_name=name[:2] if short else "") for name in names]
        space, _created = Space.objects.get_or_create(slug="essai", defaults={"name": "Essai"})
        for link in links:
            Membership.objects.create(space=space, organisation=rows[link % len(rows)])
        before = [pointing_at(row) for row in rows]
        services.merge_organisations(actor=None, kept=rows[0], merged=rows[1])
        assert Membership.objects.filter(organisation=rows[0]).count() == sum(
            1 for link in links if link % len(rows) in (0, 1)
        )
        assert queries.OrganisationIndex().find(names[1]) == rows[0]
        services.undo_merge(actor=None, merged=Organisation.objects.get(pk=rows[1].pk))
        assert [pointing_at(row) for row in rows] == before


def person(name: str, **facts: object) -> Person:
    return services.create_person(actor=None, facts=PersonFacts(name, **facts))


def test_people_merge_with_their_account_contacts_and_personal_data(table: Table):
    kept = person("Carole", family_name="T", contacts=(ContactFacts("phone", "450 555-0100"),))
    services.save_personal_data(
        actor=None, person=kept, space_id=None, email="c@maison.test", purpose="Joindre", keep_until=None
    )
    merged = table.person("partner")
    services.merge_people(actor=None, kept=kept, merged=merged)
    kept = Person.objects.get(pk=kept.pk)
    assert kept.user == table.user("partner")
    assert kept.contacts.count() == 2
    assert Membership.objects.filter(person=kept).count() == 1
    services.undo_merge(actor=None, merged=Person.objects.get(pk=merged.pk))
    assert User.objects.get(pk=table.user("partner").pk).person_id == merged.pk


def test_two_accounts_are_not_merged(table: Table):
    with pytest.raises(DomainError, match="chacune un compte"):
        services.merge_people(actor=None, kept=table.person("partner"), merged=table.person("coco"))


def test_two_rows_of_personal_data_stay_apart(db: None):
    kept, merged = person("Une"), person("Deux")
    for row in (kept, merged):
        services.save_personal_data(
            actor=None, person=row, space_id=None, email="a@b.test", purpose="x", keep_until=None
        )
    done = services.merge_people(actor=None, kept=kept, merged=merged)
    assert list(done.left) == ["identity.personaldata.person_id"]
    assert PersonalData.objects.count() == 2


def test_people_alike_by_name_or_address(db: None):
    one = person("Zoé", family_name="Exemple", contacts=(ContactFacts("email", "Z@exemple.test"),))
    other = person("zoe", family_name="EXEMPLE")
    third = person("Z.", contacts=(ContactFacts("email", "z@EXEMPLE.test "),))
    found = queries.similar_people(Person.objects.prefetch_related("contacts"))
    assert [(pair.one, pair.other, pair.reason) for pair in found] == [
        (one, other, "same_name"), (one, third, "same_contact"),
    ]  # fmt: skip


def test_the_journal_never_holds_personal_data(db: None):
    who = person("Une")
    services.save_personal_data(
        actor=None, person=who, space_id=None, email="secret@maison.test", purpose="Joindre", keep_until=None
    )
    services.reveal_personal_data(actor=None, person=who, space_id=None)
    services.forget_personal_data(actor=None, person=who, space_id=None)
    lines = list(Entry.objects.order_by("pk"))
    assert [line.verb for line in lines][-3:] == [
        "person.personal_data_saved", "person.personal_data_viewed", "person.personal_data_erased",
    ]  # fmt: skip
    assert not any("secret" in f"{line.before}{line.after}{line.note}" for line in lines)
    assert not PersonalData.objects.exists()


def test_personal_data_asks_for_a_purpose(db: None):
    with pytest.raises(DomainError) as caught:
        services.save_personal_data(actor=None, person=person("Une"), space_id=None, email="a@b.test", purpose=" ")
    assert caught.value.field == "purpose"


def test_an_alias_is_unique_in_the_whole_directory(dsl: Organisation):
    assert OrganisationAlias.objects.get(folded="ds lanaudiere").organisation == dsl
