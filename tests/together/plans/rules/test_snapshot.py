"""The canonical text of a plan: the way back is exact, and the same content gives the same bytes."""

from __future__ import annotations

import copy
import hashlib
import json

import pytest
from hypothesis import HealthCheck, given, settings

from concertoit.together.plans.rules.document import PlanDocument
from concertoit.together.plans.rules.snapshot import canonical_text, digest, read_canonical
from tests.together.plans.generated import plans

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@given(document=plans())
@SLOW
def test_there_and_back(document: PlanDocument) -> None:
    text = canonical_text(document)
    again = read_canonical(text)
    assert again == document
    assert canonical_text(again) == text
    assert canonical_text(copy.deepcopy(document)) == text


def test_anybody_may_verify_the_hash_with_ordinary_tools() -> None:
    text = canonical_text(PlanDocument("Habiter l’été"))
    assert digest(text) == hashlib.sha256(text.encode()).hexdigest()
    assert "été" in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("schema", ["concertoit-plan/2", None])
def test_another_schema_is_refused(schema: str | None) -> None:
    with pytest.raises(ValueError, match="unknown schema"):
        read_canonical(json.dumps({"schema": schema, "document": {}}))
