"""What plans bring to the page of an organisation."""

from __future__ import annotations

import pytest

from tests.personas import Table


@pytest.mark.parametrize(("key", "role"), [("x", "Responsable"), ("y", "Partenaire"), ("home", "Fiduciaire")])
def test_what_an_organisation_does(table: Table, key: str, role: str) -> None:
    organisation = table.organisations[key]
    page = (
        table.client("observer").get(f"/demarches/{table.space.slug}/organismes/{organisation.pk}/").content.decode()
    )
    panel = page.split("Dans le plan d’action")[1]
    assert role in panel
    assert table.nodes["action"].title in panel


def test_an_organisation_without_a_role_has_no_panel(table: Table) -> None:
    page = table.client("observer").get(f"/demarches/{table.space.slug}/organismes/{table.organisations['town'].pk}/")
    assert "Dans le plan d’action" not in page.content.decode()
