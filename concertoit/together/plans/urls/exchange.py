"""What goes in and out of a plan."""

from django.urls import path

from concertoit.together.plans.views import aligning, cycle, exporting, importing

SPACE = "demarches/<slug:slug>/"
IMPORT = SPACE + "plan/import/"
ONE = IMPORT + "<int:import_id>/"
ALIGN = SPACE + "arrimages/"
CYCLE = SPACE + "cycle/"
urlpatterns = [
    path(IMPORT, importing.start, name="import_start"),
    path(IMPORT + "modele.<slug:extension>", importing.template, name="import_template"),
    path(ONE, importing.preview, name="import_preview"),
    path(ONE + "colonnes/", importing.columns, name="import_columns"),
    path(ONE + "confirmer/", importing.confirm, name="import_confirm"),
    path(ONE + "abandonner/", importing.discard, name="import_discard"),
    path(ONE + "annuler/", importing.undo, name="import_undo"),
    path(ONE + "textes/<int:number>/", importing.place, name="import_place"),
    path(ONE + "elements/<str:node_id>/", importing.node, name="import_node"),
    path(ONE + "elements/<str:node_id>/retirer/", importing.node_remove, name="import_node_remove"),
    path(SPACE + "plan/export/", exporting.export, name="export"),
    path(SPACE + "plan/export/plan.<slug:extension>", exporting.export_file, name="export_file"),
    path(CYCLE, cycle.cycle, name="cycle"),
    path(CYCLE + "ajouter/", cycle.step, name="cycle_add"),
    path(CYCLE + "<int:step_id>/", cycle.step, name="cycle_step"),
    path(CYCLE + "<int:step_id>/deplacer/", cycle.move, name="cycle_move"),
    path(CYCLE + "<int:step_id>/retirer/", cycle.remove, name="cycle_remove"),
    path(ALIGN, aligning.alignments, name="alignments"),
    path(ALIGN + "proposer/<slug:other>/", aligning.propose, name="alignment_propose"),
    path(ALIGN + "<int:alignment_id>/repondre/", aligning.answer, name="alignment_answer"),
    path(ALIGN + "<int:alignment_id>/retirer/", aligning.withdraw, name="alignment_withdraw"),
]
