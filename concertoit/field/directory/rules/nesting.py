"""HSDS in JSON: full services, organisations and services at locations, from rows and back to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from concertoit.field.directory.rules.checking import Problem, add, read_row
from concertoit.field.directory.rules.hsds import CHILDREN, SINGLE, TABLES, Bundle, Row, empty

Json = dict[str, object]
# What an object may say of its own place, otherwise than where it stands.
_SAID = frozenset({"link_entity", "resource_type"})
_LISTS = {"attributes": ("attribute", "link_id"), "metadata": ("metadata", "resource_id")}


class Nester:
    """Writes rows of a bundle as the nested objects of the standard. Rows are indexed once."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self._under: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for table, spec in TABLES.items():
            owners = [*spec.links, "link_id", "resource_id"]
            for row in bundle[table].values():
                for column in owners:
                    if column in row:
                        self._under[table, column, str(row[column])].append(row)

    def flat(self, table: str, row: Row) -> Json:
        """A row without its links and its children."""
        hidden = set(TABLES[table].links) | {"link_id", "resource_id"}
        return {name: row[name] for name in TABLES[table].names if name in row and name not in hidden}

    def full(self, table: str, row: Row, *, without: frozenset[str] = frozenset()) -> Json:
        """A row with all that hangs on it. ``without``: keys left out (what contains it)."""
        found = self.flat(table, row)
        for key, child, column in CHILDREN.get(table, ()):
            rows = self._under[child, column, str(row["id"])]
            if rows and key not in without:
                found[key] = [self.full(child, one, without=frozenset({"service"})) for one in rows]
        for key, (child, column) in _LISTS.items():
            rows = self._under[child, column, str(row["id"])]
            if rows:
                found[key] = [self.full(child, one) for one in rows]
        for key, target, column in SINGLE.get(table, ()):
            if column in row and key not in without:
                inner = frozenset({"service_at_locations"}) if key == "service" else frozenset()
                found[key] = self.full(target, self.bundle[target][str(row[column])], without=inner)
        return found

    def service(self, key: str) -> Json:
        """A full service, with its organisation and its places."""
        return self.full("service", self.bundle["service"][key])

    def organisation(self, key: str, *, full_service: bool = False) -> Json:
        """A full organisation, with its services: whole, or only their first facts."""
        found = self.full("organization", self.bundle["organization"][key])
        services = self._under["service", "organization_id", key]
        without = frozenset({"organization"})
        if services:
            found["services"] = [
                self.full("service", one, without=without) if full_service else self.flat("service", one)
                for one in services
            ]
        return found

    def at_location(self, key: str) -> Json:
        """A service at a location, with both."""
        return self.full("service_at_location", self.bundle["service_at_location"][key])


def read_json(content: object, problems: list[Problem]) -> Bundle:
    """Rows of a JSON document: one full service, organisation or service at location, a list of them, or a page of them.

    What is not read is said in ``problems``.
    """
    bundle = empty()
    for one in _objects(content):
        if not isinstance(one, Mapping):
            problems.append(Problem("service", "", "", "not_object", str(one)[:80]))
            continue
        _read(_kind(one), dict(one), {}, bundle, problems)
    return bundle


def _objects(content: object) -> Iterable[object]:
    if isinstance(content, Mapping) and isinstance(content.get("contents"), list):
        return list(content["contents"])
    return content if isinstance(content, list) else [content]


def _kind(one: Mapping[str, object]) -> str:
    """What an object is, from what only that kind has."""
    if "location" in one or ("service" in one and "status" not in one):
        return "service_at_location"
    if "status" in one or "organization" in one or "service_at_locations" in one:
        return "service"
    if "taxonomy_detail" in one:
        return "taxonomy_term"
    return "organization"


def _read(table: str, one: Json, links: Row, bundle: Bundle, problems: list[Problem]) -> None:
    """Read an object and all that it contains. ``links`` are those that its place gives it."""
    inner: list[tuple[str, Json, Row]] = []
    owner = one.get("id")
    lists = {key: (child, column) for key, child, column in CHILDREN.get(table, ())} | _LISTS
    if table == "organization":
        lists["services"] = ("service", "organization_id")
    for key, (child, column) in lists.items():
        given = {column: owner, **({"link_entity": table} if child == "attribute" else {})}
        given |= {"resource_type": table} if child == "metadata" else {}
        for value in _taken(one, key, list, table, problems):
            inner.append((child, value, given))
    for key, target, column in SINGLE.get(table, ()):
        for value in _taken(one, key, dict, table, problems):
            one[column] = value.get("id")
            inner.append((target, value, {}))
    kept = {**one, **{name: value for name, value in links.items() if name not in _SAID or not one.get(name)}}
    add(bundle, table, read_row(table, kept, problems), problems)
    for child, value, given in inner:
        _read(child, value, given, bundle, problems)


def _taken(one: Json, key: str, shape: type, table: str, problems: list[Problem]) -> list[Json]:
    """What is under a key, taken out of the object."""
    value = one.pop(key, None)
    if value in (None, [], {}):
        return []
    if not isinstance(value, shape):
        problems.append(Problem(table, str(one.get("id") or ""), key, "not_object"))
        return []
    values = value if isinstance(value, list) else [value]
    wrong = [each for each in values if not isinstance(each, Mapping)]
    problems += [Problem(table, str(one.get("id") or ""), key, "not_object", str(each)[:80]) for each in wrong]
    return [dict(each) for each in values if isinstance(each, Mapping)]
