from django.urls import path

from concertoit.ground.core import views

app_name = "core"
urlpatterns = [
    path("taches/<uuid:uid>/", views.job, name="job"),
    path("administration/taches/", views.jobs, name="jobs"),
    path("administration/taches/<uuid:uid>/reprendre/", views.retry, name="job_retry"),
]
