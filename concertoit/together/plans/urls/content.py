"""The plan and its views, its versions, its drafts."""

from django.urls import path

from concertoit.together.plans.views import drafting, perspectives, plan, versions

BASE = "demarches/<slug:slug>/plan/"
DRAFT = BASE + "ebauche/"
urlpatterns = [
    path(BASE, plan.plan, name="plan"),
    path(BASE + "calendrier/", perspectives.gantt, name="gantt"),
    path(BASE + "etapes/", perspectives.board, name="board"),
    path(BASE + "liens/", perspectives.links, name="links"),
    path(BASE + "organismes/", perspectives.actors, name="actors"),
    path(BASE + "territoire/", perspectives.territory, name="territory"),
    path(BASE + "priorites/", perspectives.priorities, name="priorities"),
    path(BASE + "budget/", perspectives.budget, name="budget"),
    path(BASE + "versions/", versions.versions, name="versions"),
    path(BASE + "versions/comparer/", versions.compare_versions, name="compare"),
    path(BASE + "versions/<int:number>/", versions.version, name="version"),
    path(BASE + "versions/<int:number>/texte.json", versions.snapshot, name="snapshot"),
    path(BASE + "nouveau/", drafting.create, name="create"),
    path(DRAFT, drafting.outline, name="outline"),
    path(DRAFT + "ouvrir/", drafting.draft_open, name="draft_open"),
    path(DRAFT + "adopter/", versions.adopt, name="adopt"),
    path(DRAFT + "abandonner/", versions.abandon, name="abandon"),
    path(DRAFT + "renumeroter/", drafting.renumber, name="renumber"),
    path(DRAFT + "ajouter/<slug:kind>/", drafting.node_add, name="node_add_root"),
    path(DRAFT + "<int:parent_id>/ajouter/<slug:kind>/", drafting.node_add, name="node_add"),
    path(DRAFT + "<int:node_id>/", drafting.node_edit, name="node_edit"),
    path(DRAFT + "<int:node_id>/deplacer/", drafting.node_shift, name="node_shift"),
    path(DRAFT + "<int:node_id>/placer/", drafting.node_move, name="node_move"),
    path(DRAFT + "<int:node_id>/retirer/", drafting.node_remove, name="node_remove"),
    path(DRAFT + "textes/", drafting.section, name="section_add"),
    path(DRAFT + "textes/<int:section_id>/", drafting.section, name="section"),
]
