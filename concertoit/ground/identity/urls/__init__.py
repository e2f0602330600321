from django.urls import path

from concertoit.ground.identity import views

app_name = "identity"
urlpatterns = [
    path("compte/", views.profile, name="profile"),
    path("compte/sessions/", views.sessions, name="sessions"),
    path("compte/consentements/", views.consents, name="consents"),
]
