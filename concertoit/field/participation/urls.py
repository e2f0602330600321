"""Addresses: tenants' associations, consultative committee, elections."""

from django.urls import path

from concertoit.field.participation.views import associations, committee, counting, elections, home, register

app_name = "participation"
IN = "demarches/<slug:slug>/participation/"
ONE = f"{IN}elections/<int:election_id>/"
urlpatterns = [
    path(IN, home.home, name="home"),
    path(f"{IN}parametres/", home.parameters, name="parameters"),
    path(f"{IN}parametres/<str:code>/", home.parameter_edit, name="parameter_edit"),
    path(f"{IN}comites/", home.committees, name="committees"),
    path(f"{IN}comites.csv", home.committees_file, name="committees_file"),
    path(f"{IN}associations/", associations.associations, name="associations"),
    path(f"{IN}associations/nouvelle/", associations.association_edit, name="association_new"),
    path(f"{IN}associations/<int:association_id>/", associations.association, name="association"),
    path(f"{IN}associations/<int:association_id>/modifier/", associations.association_edit, name="association_edit"),
    path(f"{IN}associations/<int:association_id>/subvention/", associations.grant_edit, name="grant_edit"),
    path(f"{IN}ensembles/nouveau/", associations.complex_edit, name="complex_new"),
    path(f"{IN}ensembles/<int:complex_id>/", associations.complex_edit, name="complex_edit"),
    path(f"{IN}assemblees/", associations.assemblies, name="assemblies"),
    path(f"{IN}assemblees/nouvelle/", associations.assembly_edit, name="assembly_new"),
    path(f"{IN}assemblees/<int:assembly_id>/", associations.assembly, name="assembly"),
    path(f"{IN}assemblees/<int:assembly_id>/modifier/", associations.assembly_edit, name="assembly_edit"),
    path(f"{IN}comite/", committee.committee, name="committee"),
    path(f"{IN}comite/modifier/", committee.committee_edit, name="committee_edit"),
    path(f"{IN}comite/membres/nouveau/", committee.seat_new, name="seat_new"),
    path(f"{IN}comite/membres/<int:mandate_id>/fin/", committee.seat_end, name="seat_end"),
    path(f"{IN}comite/avis/nouveau/", committee.advice_edit, name="advice_new"),
    path(f"{IN}comite/avis/<int:advice_id>/", committee.advice, name="advice"),
    path(f"{IN}comite/avis/<int:advice_id>/modifier/", committee.advice_edit, name="advice_edit"),
    path(f"{IN}elections/", elections.elections, name="elections"),
    path(f"{IN}elections/nouvelle/", elections.election_edit, name="election_new"),
    path(ONE, elections.election, name="election"),
    path(f"{ONE}modifier/", elections.election_edit, name="election_edit"),
    path(f"{ONE}etat/", elections.election_move, name="election_move"),
    path(f"{ONE}annuler/", elections.annul, name="annul"),
    path(f"{ONE}candidatures/nouvelle/", elections.candidacy_new, name="candidacy_new"),
    path(f"{IN}candidatures/<int:candidacy_id>/", elections.candidacy_move, name="candidacy_move"),
    path(f"{ONE}scrutateurs/", elections.scrutineer_add, name="scrutineer_add"),
    path(f"{ONE}proces-verbal.<str:extension>", elections.minutes_file, name="minutes_file"),
    path(f"{ONE}liste/", register.register, name="register"),
    path(f"{ONE}liste/<int:elector_id>/", register.elector_edit, name="elector_edit"),
    path(f"{ONE}liste/<int:elector_id>/registre/", register.elector_act, name="elector_act"),
    path(f"{ONE}liste/<int:elector_id>/code/", register.code_new, name="code_new"),
    path(f"{ONE}codes.docx", register.codes_file, name="codes_file"),
    path(f"{ONE}bulletins.docx", register.slips_file, name="slips_file"),
    path(f"{ONE}depouillement/", counting.counting, name="counting"),
    path(f"{ONE}resultat/", counting.count_online, name="count_online"),
    path(f"{ONE}tirage/", counting.draw, name="draw"),
    path(f"{ONE}contestations/nouvelle/", counting.complaint_new, name="complaint_new"),
    path(f"{IN}contestations/<int:complaint_id>/", counting.complaint_answer, name="complaint_answer"),
    path(f"{ONE}proclamation/", counting.proclaim, name="proclaim"),
    path("depouillement/<str:token>/", counting.count, name="count"),
]
