"""What must hold in stored plans; ``concertoit check-data`` asks."""

from collections.abc import Iterator

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from concertoit.ground.core.checks_data import Finding
from concertoit.together.plans.models import PlanItem, PlanNode


def outlines() -> Iterator[Finding]:
    """A node stands under a node of its own version, speaks of an item of its own plan, and shows that item's météo."""
    nodes = PlanNode.objects.order_by("pk")
    for pk in nodes.exclude(parent=None).exclude(parent__version=F("version")).values_list("pk", flat=True):
        yield Finding(f"plans_plannode #{pk}", _("l’élément est placé sous un élément d’une autre version"))
    for pk in nodes.exclude(item__plan=F("version__plan")).values_list("pk", flat=True):
        yield Finding(f"plans_plannode #{pk}", _("l’élément appartient à un autre plan que sa version"))
    items = PlanItem.objects.exclude(outlook=None).exclude(outlook__item=F("pk")).order_by("pk")
    for pk in items.values_list("pk", flat=True):
        yield Finding(f"plans_planitem #{pk}", _("la météo affichée est celle d’un autre élément"))


def budgets() -> Iterator[Finding]:
    """Where a plan states a total and its yearly amounts, they agree to the cent in what is in force."""
    stated = (
        PlanNode.objects.exclude(budget=None)
        .filter(version__state="current")
        .annotate(total=Sum("budget_lines__amount"))
        .exclude(total=None)
        .exclude(total=F("budget"))
        .order_by("pk")
    )
    for node in stated:
        message = _("les montants du budget ne font pas le total de l’élément %(code)s") % {"code": node.code}
        yield Finding(f"plans_plannode #{node.pk}", message)
