"""Addresses of figures and of published reports."""

from django.urls import path

from concertoit.field.logbook.views import statistics as views

IN = "demarches/<slug:slug>/statistiques/"
urlpatterns = [
    path(IN, views.statistics, name="statistics"),
    path(f"{IN}comment/", views.how, name="statistics_how"),
    path(f"{IN}chiffres.<str:extension>", views.statistics_file, name="statistics_file"),
    path(f"{IN}publier/", views.publish, name="figures_publish"),
    path(f"{IN}rapports/", views.reports, name="figures_reports"),
    path(f"{IN}rapports/<int:number>/", views.report, name="figures_report"),
    path(f"{IN}rapports/<int:number>.<str:extension>", views.report_file, name="figures_report_file"),
]
