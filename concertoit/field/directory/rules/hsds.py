"""The tables of HSDS 3.0 (Human Services Data Specification, Open Referral), as data.

Each table: the name of its file in the tabular package, its columns with their type, what is required, and the columns
that link a row to another. Everything that reads, checks, nests or writes HSDS works from here. Columns of ours
(``PROFILE``) carry English and what the standard has no place for; readers of the standard leave them aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Row = dict[str, object]
Bundle = dict[str, dict[str, Row]]
"""Rows by table, then by id: one shape for a démarche's directory, a file read, an API answer."""

STATUSES = ("active", "inactive", "defunct", "temporarily closed")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``kind``: text, uuid, number, date, datetime, time, email, uri, yes_no, or choices."""

    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the file of its rows, and the tables that its columns link to."""

    name: str
    file: str
    columns: tuple[Column, ...]
    links: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _columns(written: str) -> tuple[Column, ...]:
    """Columns as written below: ``name``, ``name!`` when required, ``name:kind``, ``name:a|b|c`` for choices."""
    found = []
    for word in written.split():
        name, _colon, kind = word.partition(":")
        choices = tuple(one.replace("_", " ") for one in kind.split("|")) if "|" in kind else ()
        found.append(Column(name.rstrip("!"), "choices" if choices else kind or "text", name.endswith("!"), choices))
    return tuple(found)


def _table(name: str, file: str, written: str, **links: str) -> Table:
    return Table(name, file, _columns(f"id!:uuid {written}"), links)


_SERVICE = (
    "organization_id:uuid program_id:uuid name! alternate_name description url:uri email:email "
    "status!:active|inactive|defunct|temporarily_closed interpretation_services application_process fees_description "
    "wait_time fees accreditations eligibility_description minimum_age:number maximum_age:number assured_date:date "
    "assurer_email:email licenses alert last_modified:datetime "
    "name_en description_en eligibility_description_en application_process_en alert_en open_on_holidays:yes_no"
)
_PLACE_KINDS = "physical|postal|virtual"

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        _table("organization", "organizations.csv", "name! alternate_name description! email:email website:uri "
               "tax_status tax_id year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid "
               "description_en"),
        _table("program", "programs.csv", "organization_id:uuid name! alternate_name description!",
               organization_id="organization"),
        _table("service", "services.csv", _SERVICE, organization_id="organization", program_id="program"),
        _table("location", "locations.csv", f"location_type!:{_PLACE_KINDS} url:uri organization_id:uuid name "
               "alternate_name description transportation latitude:number longitude:number external_identifier "
               "external_identifier_type", organization_id="organization"),
        _table("service_at_location", "service_at_location.csv", "service_id:uuid location_id:uuid description",
               service_id="service", location_id="location"),
        _table("contact", "contacts.csv", "organization_id:uuid service_id:uuid service_at_location_id:uuid "
               "location_id:uuid name title department email:email", organization_id="organization",
               service_id="service", service_at_location_id="service_at_location", location_id="location"),
        _table("phone", "phones.csv", "location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid "
               "service_at_location_id:uuid number! extension:number type description", location_id="location",
               service_id="service", organization_id="organization", contact_id="contact",
               service_at_location_id="service_at_location"),
        _table("address", "addresses.csv", "location_id:uuid attention address_1! address_2 city! region "
               f"state_province! postal_code! country! address_type!:{_PLACE_KINDS}", location_id="location"),
        _table("schedule", "schedules.csv", "service_id:uuid location_id:uuid service_at_location_id:uuid "
               "valid_from:date valid_to:date dtstart:date timezone:number until:date count:number "
               "wkst:MO|TU|WE|TH|FR|SA|SU freq:WEEKLY|MONTHLY interval:number byday byweekno bymonthday byyearday "
               "description opens_at:time closes_at:time schedule_link:uri attending_type notes", service_id="service",
               location_id="location", service_at_location_id="service_at_location"),
        _table("funding", "funding.csv", "organization_id:uuid service_id:uuid source",
               organization_id="organization", service_id="service"),
        _table("service_area", "service_areas.csv", "service_id:uuid name description extent extent_type uri:uri",
               service_id="service"),
        _table("required_document", "required_documents.csv", "service_id:uuid document uri:uri", service_id="service"),
        _table("language", "languages.csv", "service_id:uuid location_id:uuid phone_id:uuid name code note",
               service_id="service", location_id="location", phone_id="phone"),
        _table("accessibility", "accessibility.csv", "location_id:uuid description details url:uri",
               location_id="location"),
        _table("cost_option", "cost_options.csv", "service_id:uuid valid_from:date valid_to:date option currency "
               "amount:number amount_description", service_id="service"),
        _table("organization_identifier", "organization_identifiers.csv", "organization_id:uuid identifier_scheme "
               "identifier_type! identifier!", organization_id="organization"),
        _table("taxonomy", "taxonomies.csv", "name! description! uri:uri version"),
        _table("taxonomy_term", "taxonomy_terms.csv", "code name! description! parent_id:uuid taxonomy language "
               "taxonomy_id:uuid term_uri:uri name_en", taxonomy_id="taxonomy"),
        _table("attribute", "attributes.csv", "link_id:uuid taxonomy_term_id:uuid link_type link_entity value",
               taxonomy_term_id="taxonomy_term"),
        _table("metadata", "metadata.csv", "resource_id:uuid resource_type last_action_date!:date last_action_type! "
               "field_name! previous_value! replacement_value! updated_by!"),
    )
}  # fmt: skip
BY_FILE: Mapping[str, Table] = {table.file: table for table in TABLES.values()}

# Columns of ours, that the standard does not have.
PROFILE: Mapping[str, frozenset[str]] = {
    "service": frozenset(
        {"name_en", "description_en", "eligibility_description_en", "application_process_en", "alert_en",
         "open_on_holidays"}
    ),
    "organization": frozenset({"description_en"}),
    "taxonomy_term": frozenset({"name_en"}),
}  # fmt: skip

# How rows nest in JSON: parent → (key, table, column of the child that names its parent).
CHILDREN: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "service": (
        ("phones", "phone", "service_id"), ("schedules", "schedule", "service_id"),
        ("service_areas", "service_area", "service_id"),
        ("service_at_locations", "service_at_location", "service_id"), ("languages", "language", "service_id"),
        ("funding", "funding", "service_id"), ("cost_options", "cost_option", "service_id"),
        ("required_documents", "required_document", "service_id"), ("contacts", "contact", "service_id"),
    ),
    "organization": (
        ("funding", "funding", "organization_id"), ("contacts", "contact", "organization_id"),
        ("phones", "phone", "organization_id"), ("locations", "location", "organization_id"),
        ("programs", "program", "organization_id"),
        ("organization_identifiers", "organization_identifier", "organization_id"),
    ),
    "service_at_location": (
        ("contacts", "contact", "service_at_location_id"), ("phones", "phone", "service_at_location_id"),
        ("schedules", "schedule", "service_at_location_id"),
    ),
    "location": (
        ("languages", "language", "location_id"), ("addresses", "address", "location_id"),
        ("contacts", "contact", "location_id"), ("accessibility", "accessibility", "location_id"),
        ("phones", "phone", "location_id"), ("schedules", "schedule", "location_id"),
    ),
    "contact": (("phones", "phone", "contact_id"),),
    "phone": (("languages", "language", "phone_id"),),
}  # fmt: skip
# One row inside another: parent → (key, table, column of the parent that names it).
SINGLE: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "service": (("organization", "organization", "organization_id"), ("program", "program", "program_id")),
    "service_at_location": (("location", "location", "location_id"), ("service", "service", "service_id")),
    "attribute": (("taxonomy_term", "taxonomy_term", "taxonomy_term_id"),),
    "taxonomy_term": (("taxonomy_detail", "taxonomy", "taxonomy_id"),),
}
# What is computed and not kept from a file.
COMPUTED = frozenset({"last_modified"})


def empty() -> Bundle:
    """A bundle without rows."""
    return {name: {} for name in TABLES}
