"""Addresses of intake: the team's inbox, the public form, the page behind a code, lists, households."""

from django.urls import URLPattern, URLResolver, path, re_path

from concertoit.field.cases.views import intake_inbox, intake_lists, intake_public, intake_taken, people, tenant

REPORTS = "demarches/<slug:slug>/signalements/"
SIGNAL = "demarches/<slug:slug>/signaler/"
_STEP = r"^demarches/(?P<slug>[-\w]+)/signaler/(?P<code>[0-9A-Z]{12})/(?P<step>ou|quoi|photos|vous|envoyer)/$"
LISTS = f"{REPORTS}listes/"
HOME = "demarches/<slug:slug>/menages/"
ONE = f"{HOME}<int:household_id>/"
MINE = "suivi/<slug:code>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(REPORTS, intake_inbox.reports, name="reports"),
    path(f"{REPORTS}noter/", intake_taken.taken, name="taken"),
    path(LISTS, intake_lists.lists, name="case_lists"),
    path(f"{LISTS}modele.xlsx", intake_lists.list_template, name="case_list_template"),
    path(f"{LISTS}<int:list_id>/", intake_lists.list_preview, name="case_list_preview"),
    path(f"{LISTS}<int:list_id>/confirmer/", intake_lists.list_confirm, name="case_list_confirm"),
    path(f"{REPORTS}<slug:reference>/", intake_inbox.report, name="report"),
    path(f"{REPORTS}<slug:reference>/decider/", intake_inbox.report_decide, name="report_decide"),
    path(f"{REPORTS}<slug:reference>/adresse/", intake_inbox.report_place, name="report_place"),
    path(f"{HOME}consultations/", people.looks, name="looks"),
    path(f"{HOME}incidents/", people.incidents, name="incidents"),
    path(ONE, people.household, name="household"),
    path(f"{ONE}identite/", people.identity, name="identity"),
    path(f"{ONE}modifier/", people.household_edit, name="household_edit"),
    path(f"{ONE}personne/", people.person_write, name="person_write"),
    path(f"{ONE}effacer/", people.person_remove, name="person_remove"),
    path(f"{ONE}accord/", people.household_consent, name="household_consent"),
    path(f"{ONE}remettre/", people.household_export, name="household_export"),
    path(SIGNAL, intake_public.signal, name="signal"),
    re_path(_STEP, intake_public.signal_step, name="signal_step"),
    path(f"{SIGNAL}<slug:code>/recu/", intake_public.signal_receipt, name="signal_receipt"),
    path("suivi/", tenant.door, name="follow_door"),
    path(MINE, tenant.follow, name="my_case"),
    path(f"{MINE}dire/", tenant.act, name="follow_act"),
    path(f"{MINE}photos/<uuid:uid>/", tenant.photo, name="follow_photo"),
    re_path(r"^suivi/(?P<code>[-\w]+)/donnees\.(?P<extension>json|pdf|html)$", tenant.data, name="follow_data"),
]
