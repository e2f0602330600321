from django.urls import path

from concertoit.ground.spaces.views import bodies, invitations, journal, organisations, people, priorities, spaces

app_name = "spaces"
IN = "demarches/<slug:slug>/"
urlpatterns = [
    path("demarches/", spaces.space_list, name="list"),
    path("demarches/nouvelle/", spaces.create, name="create"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path(IN, spaces.home, name="home"),
    path(f"{IN}reglages/", spaces.settings, name="settings"),
    path(f"{IN}priorites/", priorities.priorities, name="priorities"),
    path(f"{IN}priorites/<int:priority_id>/", priorities.priority_edit, name="priority_edit"),
    path(f"{IN}priorites/<int:priority_id>/deplacer/", priorities.priority_move, name="priority_move"),
    path(f"{IN}priorites/<int:priority_id>/retirer/", priorities.priority_remove, name="priority_remove"),
    path(f"{IN}instances/", bodies.bodies, name="bodies"),
    path(f"{IN}instances/nouvelle/", bodies.body_edit, name="body_new"),
    path(f"{IN}instances/<int:body_id>/", bodies.body, name="body"),
    path(f"{IN}instances/<int:body_id>/modifier/", bodies.body_edit, name="body_edit"),
    path(f"{IN}instances/<int:body_id>/sieges/", bodies.body_seat_add, name="body_seat_add"),
    path(f"{IN}comites/nouveau/", bodies.committee_edit, name="committee_new"),
    path(f"{IN}comites/doublons/", bodies.committee_duplicates, name="committee_duplicates"),
    path(f"{IN}comites/<int:committee_id>/", bodies.committee, name="committee"),
    path(f"{IN}comites/<int:committee_id>/fusionner/", bodies.committee_merge, name="committee_merge"),
    path(f"{IN}comites/<int:committee_id>/separer/", bodies.committee_unmerge, name="committee_unmerge"),
    path(f"{IN}comites/<int:committee_id>/modifier/", bodies.committee_edit, name="committee_edit"),
    path(f"{IN}comites/<int:committee_id>/etat/", bodies.committee_move, name="committee_move"),
    path(f"{IN}comites/<int:committee_id>/sieges/", bodies.committee_seat_add, name="committee_seat_add"),
    path(f"{IN}sieges/<int:seat_id>/terminer/", bodies.seat_end, name="seat_end"),
    path(f"{IN}organismes/", organisations.organisations, name="organisations"),
    path(f"{IN}organismes/nouveau/", organisations.organisation_edit, name="organisation_new"),
    path(f"{IN}organismes/doublons/", organisations.organisation_duplicates, name="organisation_duplicates"),
    path(f"{IN}organismes/<int:organisation_id>/", organisations.organisation, name="organisation"),
    path(f"{IN}organismes/<int:organisation_id>/modifier/", organisations.organisation_edit, name="organisation_edit"),
    path(
        f"{IN}organismes/<int:organisation_id>/fusionner/", organisations.organisation_merge, name="organisation_merge"
    ),
    path(
        f"{IN}organismes/<int:organisation_id>/separer/",
        organisations.organisation_unmerge,
        name="organisation_unmerge",
    ),
    path(f"{IN}personnes/", people.people, name="people"),
    path(f"{IN}personnes/fichier/", people.participants_file, name="participants_file"),
    path(f"{IN}personnes/doublons/", people.person_duplicates, name="person_duplicates"),
    path(f"{IN}personnes/<int:person_id>/", people.person, name="person"),
    path(f"{IN}personnes/<int:person_id>/modifier/", people.person_edit, name="person_edit"),
    path(f"{IN}personnes/<int:person_id>/renseignements/", people.personal_data, name="personal_data"),
    path(
        f"{IN}personnes/<int:person_id>/renseignements/modifier/", people.personal_data_edit, name="personal_data_edit"
    ),
    path(f"{IN}personnes/<int:person_id>/fusionner/", people.person_merge, name="person_merge"),
    path(f"{IN}personnes/<int:person_id>/separer/", people.person_unmerge, name="person_unmerge"),
    path(f"{IN}participations/nouvelle/", people.membership_edit, name="membership_new"),
    path(f"{IN}participations/<int:membership_id>/", people.membership_edit, name="membership_edit"),
    path(f"{IN}participations/<int:membership_id>/terminer/", people.membership_end, name="membership_end"),
    path(f"{IN}journal/", journal.journal, name="journal"),
    path(f"{IN}journal.csv", journal.journal_file, name="journal_csv"),
    path(f"{IN}invitations/", invitations.invitations, name="invitations"),
    path(f"{IN}invitations/<int:invitation_id>/renvoyer/", invitations.invitation_resend, name="invitation_resend"),
    path(f"{IN}invitations/<int:invitation_id>/retirer/", invitations.invitation_withdraw, name="invitation_withdraw"),
]
