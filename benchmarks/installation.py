"""What the measures of pages stand on: the personas, and plans of the sizes asked for."""

from __future__ import annotations

from datetime import date

from django.core.management import call_command
from django.db import connection

from benchmarks.synthetic_plan import synthetic_plan
from concertoit.ground.spaces.models import Membership, Space
from concertoit.together.plans.models import Plan, PlanVersion
from concertoit.together.plans.services.actors import Resolver
from concertoit.together.plans.services.versions import freeze
from concertoit.together.plans.services.writing import write_document
from tests.personas import Table, build_table


def furnish(small: int = 35, large: int = 2000) -> tuple[Table, Space]:
    """The table, whose plan in force now has ``small`` actions, and a second démarche of the same people, ``large``."""
    call_command("migrate", verbosity=0, interactive=False)
    table = build_table()
    table.version.state = "archived"
    table.version.save()
    _plan(table.space, table.plan, 3, small)
    wide = Space.objects.create(name="Démarche immense", slug="immense", kind="chantier")
    for membership in Membership.objects.filter(space=table.space):
        membership.pk, membership.space = None, wide
        membership.save()
    plan = Plan.objects.create(space=wide, title="Plan immense", starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31))
    _plan(wide, plan, 1, large)
    if connection.vendor == "postgresql":  # as its own housekeeping does within minutes
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return table, wide


def _plan(space: Space, plan: Plan, number: int, actions: int) -> None:
    version = PlanVersion.objects.create(space=space, plan=plan, number=number, state="current")
    write_document(version=version, document=synthetic_plan(actions), resolver=Resolver(space))
    freeze(version=version, user=None)
