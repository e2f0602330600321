"""Addresses of workshops; those under ``/atelier/`` are for phones, with a code and without an account."""

from django.urls import path

from concertoit.together.decisions.views import workshop_live, workshop_out, workshop_sort, workshops

ALL = "demarches/<slug:slug>/decider/ateliers/"
ONE = f"{ALL}<int:workshop_id>/"

urlpatterns = [
    path(f"{ALL}nouveau/", workshops.workshop_edit, name="workshop_add"),
    path(ONE, workshops.workshop, name="workshop"),
    path(f"{ONE}modifier/", workshops.workshop_edit, name="workshop_edit"),
    path(f"{ONE}etat/", workshops.workshop_state, name="workshop_state"),
    path(f"{ONE}chapeaux/<int:hat_id>/", workshops.workshop_hat, name="workshop_hat"),
    path(f"{ONE}papier/", workshops.workshop_paper, name="workshop_paper"),
    path(f"{ONE}participer/", workshop_live.workshop_take_part, name="workshop_take_part"),
    path(f"{ONE}mur/", workshop_live.workshop_wall, name="workshop_wall"),
    path(f"{ONE}mur/idees/", workshop_live.workshop_wall_ideas, name="workshop_wall_ideas"),
    path(f"{ONE}trier/", workshop_sort.workshop_sort, name="workshop_sort"),
    path(f"{ONE}trier/idees/<int:idea_id>/", workshop_sort.workshop_idea, name="workshop_idea"),
    path(f"{ONE}trier/groupes/<int:group_id>/", workshop_sort.workshop_group, name="workshop_group"),
    path(f"{ONE}trier/action/", workshop_sort.workshop_action, name="workshop_action"),
    path(f"{ONE}synthese/", workshop_out.workshop_summary, name="workshop_summary"),
    path(f"{ONE}synthese.<slug:extension>", workshop_out.workshop_file, name="workshop_file"),
    path("atelier/", workshop_live.workshop_join, name="workshop_join"),
    path("atelier/<slug:code>/", workshop_live.workshop_phone, name="workshop_phone"),
    path("atelier/<slug:code>/etat/", workshop_live.workshop_live, name="workshop_live"),
]
