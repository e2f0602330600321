"""Addresses of evaluation."""

from django.urls import path

from concertoit.insight.evaluation.views import strategy

app_name = "evaluation"
IN = "demarches/<slug:slug>/changements/"
ONE = f"{IN}<int:change_id>/"
urlpatterns = [
    path(IN, strategy.strategy, name="strategy"),
    path(f"{IN}nouveau/", strategy.change_edit, name="change_new"),
    path(f"{IN}coller/", strategy.paste, name="paste"),
    path(f"{IN}axes/nouveau/", strategy.axis_edit, name="axis_new"),
    path(f"{IN}axes/<int:axis_id>/", strategy.axis_edit, name="axis_edit"),
    path(f"{IN}signes/<int:sign_id>/valeur/", strategy.value_add, name="value_add"),
    path(ONE, strategy.change, name="change"),
    path(f"{ONE}modifier/", strategy.change_edit, name="change_edit"),
    path(f"{ONE}retirer/", strategy.change_retire, name="change_retire"),
    path(f"{ONE}reprendre/", strategy.change_resume, name="change_resume"),
    path(f"{ONE}lecture/", strategy.reading_add, name="reading_add"),
    path(f"{ONE}signes/nouveau/", strategy.sign_edit, name="sign_new"),
    path(f"{ONE}signes/<int:sign_id>/", strategy.sign_edit, name="sign_edit"),
]
