"""Addresses of the work on cases: list, page of a case, brigade, assignments, visits, orders, buildings, home.

``<caseref:reference>`` is the number of a case (``2026-0007``): other parts of the room hang their pages on it too.
"""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter, get_converters

from concertoit.field.cases.views import acting, assignments, brigade, buildings, cases, home, orders, visits


class CaseReference(StringConverter):
    """The number of a case."""

    regex = r"\d{4}-\d{4,6}"


if "caseref" not in get_converters():
    register_converter(CaseReference, "caseref")

IN = "demarches/<slug:slug>/dossiers/"
ONE = f"{IN}<caseref:reference>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(IN, home.home, name="home"),
    path(f"{IN}liste/", cases.case_list, name="list"),
    path(f"{IN}liste.<str:extension>", cases.case_file, name="case_file"),
    path(f"{IN}chiffres/", home.figures, name="figures"),
    path(f"{IN}mes-visites/", visits.my_visits, name="my_visits"),
    path(f"{IN}mes-visites.ics", visits.my_visits_file, name="my_visits_file"),
    path(f"{IN}brigade/", brigade.brigade, name="brigade"),
    path(f"{IN}brigade/membre/", brigade.member_edit, name="member_new"),
    path(f"{IN}brigade/membre/<int:member_id>/", brigade.member_edit, name="member_edit"),
    path(f"{IN}brigade/membre/<int:member_id>/retirer/", brigade.member_remove, name="member_remove"),
    path(f"{IN}brigade/mes-disponibilites/", brigade.availability, name="availability"),
    path(f"{IN}brigade/mandat/", brigade.mandate_edit, name="mandate_new"),
    path(f"{IN}brigade/mandat/<int:mandate_id>/", brigade.mandate_edit, name="mandate_edit"),
    path(f"{IN}delais/", brigade.delays, name="delays"),
    path(f"{IN}delais/<str:code>/", brigade.delay_edit, name="delay_edit"),
    path(f"{IN}immeubles/<int:building_id>/", buildings.building, name="building"),
    path(f"{IN}immeubles/<int:building_id>/proprietaire/", buildings.owner_new, name="owner_new"),
    path(f"{IN}proprietaires/<int:owner_id>/", buildings.owner, name="owner"),
    path(f"{IN}proprietaires/<int:owner_id>/modifier/", buildings.owner_edit, name="owner_edit"),
    path(ONE, cases.case, name="case"),
    path(f"{ONE}suivi/", acting.follow, name="follow"),
    path(f"{ONE}modifier/", acting.describe, name="describe"),
    path(f"{ONE}etat/<str:state>/", acting.move, name="move"),
    path(f"{ONE}fermer/", acting.close, name="close"),
    path(f"{ONE}rouvrir/", acting.reopen, name="reopen"),
    path(f"{ONE}pas-regle/", acting.refuse_closure, name="refuse_closure"),
    path(f"{ONE}pause/", acting.pause, name="pause"),
    path(f"{ONE}delais/<str:code>/", acting.milestone, name="milestone"),
    path(f"{ONE}partenaires/", assignments.assign, name="assign"),
    path(f"{ONE}partenaires/<int:assignment_id>/", assignments.assignment_move, name="assignment_move"),
    path(f"{ONE}partenaires/<int:assignment_id>/lien/", assignments.link_new, name="link_new"),
    path("dossiers/partenaire/<str:token>/", assignments.partner_link, name="partner_link"),
    path(f"{ONE}visites/", visits.visit_new, name="visit_new"),
    path(f"{ONE}visites/<int:visit_id>/", visits.visit_told, name="visit_told"),
    path(f"{ONE}documents/", orders.order_edit, name="order_new"),
    path(f"{ONE}documents/<int:order_id>/", orders.order, name="order"),
    path(f"{ONE}documents/<int:order_id>/modifier/", orders.order_edit, name="order_edit"),
    path(f"{ONE}documents/<int:order_id>/suite/", orders.order_settle, name="order_settle"),
]
