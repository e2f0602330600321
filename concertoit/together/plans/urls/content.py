"""The plan and its views, its versions, its drafts."""

from django.urls import path

from concertoit.together.plans.views import perspectives, plan

BASE = "demarches/<slug:slug>/plan/"
urlpatterns = [
    path(BASE, plan.plan, name="plan"),
    path(BASE + "calendrier/", perspectives.gantt, name="gantt"),
    path(BASE + "etapes/", perspectives.board, name="board"),
    path(BASE + "liens/", perspectives.links, name="links"),
    path(BASE + "organismes/", perspectives.actors, name="actors"),
    path(BASE + "territoire/", perspectives.territory, name="territory"),
    path(BASE + "priorites/", perspectives.priorities, name="priorities"),
    path(BASE + "budget/", perspectives.budget, name="budget"),
]
