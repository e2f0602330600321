"""A plan as JSON: the whole value, for machines and for open data."""

from __future__ import annotations

import dataclasses
import json

from concertoit.together.plans.rules.document import Node, PlanDocument, as_plain

SCHEMA = "concertoit-plan"
SCHEMA_VERSION = 1


def to_json(document: PlanDocument, *, public: bool = False) -> bytes:
    """UTF-8 JSON: ``{"schema", "schema_version", "plan"}``, dates ISO, amounts as text with two places.

    ``public`` leaves out the names of persons and the traces of the import, for a page that anyone may read.
    """
    plan = without_persons(document) if public else document
    content = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, "plan": as_plain(plan)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def without_persons(document: PlanDocument) -> PlanDocument:
    """The document without the persons among its participants and without the source text of each element."""
    participants = [dataclasses.replace(p, person="") for p in document.participants]
    bare = dataclasses.replace(document, participants=participants)
    bare.roots = [_without_source(root) for root in document.roots]
    return bare


def _without_source(node: Node) -> Node:
    children = [_without_source(child) for child in node.children]
    return dataclasses.replace(node, source_place="", source_text="", guessed=[], children=children)
