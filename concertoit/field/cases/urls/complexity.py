"""Addresses of complex cases: list, explanation of a case, rules and their draft."""

from django.urls import URLPattern, URLResolver, path

from concertoit.field.cases.urls.work import ONE
from concertoit.field.cases.views import complexity as cases
from concertoit.field.cases.views import complexity_rules as rules

RULES = "demarches/<slug:slug>/cas-complexes/regles/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("demarches/<slug:slug>/cas-complexes/", cases.complexity, name="complexity"),
    path(f"{ONE}complexite/", cases.complexity_case, name="complexity_case"),
    path(f"{ONE}complexite/evaluer/", cases.complexity_check, name="complexity_check"),
    path(RULES, rules.complexity_rules, name="complexity_rules"),
    path(f"{RULES}version/<int:number>/", rules.complexity_version, name="complexity_version"),
    path(f"{RULES}ebauche/", rules.complexity_draft, name="complexity_draft"),
    path(f"{RULES}ebauche/ouvrir/", rules.complexity_draft_open, name="complexity_draft_open"),
    path(f"{RULES}ebauche/changer/", rules.complexity_draft_change, name="complexity_draft_change"),
    path(f"{RULES}ebauche/critere/", rules.complexity_criterion, name="complexity_criterion_new"),
    path(f"{RULES}ebauche/critere/<slug:code>/", rules.complexity_criterion, name="complexity_criterion"),
    path(f"{RULES}ebauche/essayer/", rules.complexity_simulate, name="complexity_simulate"),
    path(f"{RULES}ebauche/adopter/", rules.complexity_adopt, name="complexity_adopt"),
]
