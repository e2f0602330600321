from django.urls import path

from concertoit.ground.spaces.views import journal

app_name = "spaces"
urlpatterns = [
    path("demarches/<slug:slug>/journal/", journal.journal, name="journal"),
    path("demarches/<slug:slug>/journal.csv", journal.journal_file, name="journal_csv"),
]
