"""Addresses of surveys."""

from django.urls import path

from concertoit.ground.surveys.views import answering, preparing

app_name = "surveys"
BASE = "demarches/<slug:slug>/sondages/"
ONE = BASE + "<int:survey_id>/"
urlpatterns = [
    path(BASE, answering.survey_list, name="list"),
    path(BASE + "nouveau/", preparing.create, name="create"),
    path(ONE, answering.survey, name="survey"),
    path(ONE + "modifier/", preparing.edit, name="edit"),
    path(ONE + "etat/", preparing.state, name="state"),
    path(ONE + "inviter/", preparing.invite, name="invite"),
    path(ONE + "questions/nouvelle/", preparing.question, name="question_add"),
    path(ONE + "questions/<int:question_id>/", preparing.question, name="question"),
    path(ONE + "questions/<int:question_id>/deplacer/", preparing.question_move, name="question_move"),
    path(ONE + "questions/<int:question_id>/retirer/", preparing.question_remove, name="question_remove"),
    path(ONE + "repondre/", answering.fill, name="fill"),
    path(ONE + "papier/", answering.paper, name="paper"),
    path(ONE + "resultats/", answering.results, name="results"),
    path(ONE + "resultats.csv", answering.answers_file, name="answers_file"),
    path("avis/<str:token>/", answering.answer, name="answer"),
    path("repondre/<slug:code>/", answering.by_code, name="by_code"),
]
