"""Addresses of reviews; ``/revision/<token>/`` is the page behind an organisation's link."""

from django.urls import path

from concertoit.together.decisions.views import review_outcome, reviews

ALL = "demarches/<slug:slug>/decider/revisions/"
ONE = f"{ALL}<int:review_id>/"

urlpatterns = [
    path(f"{ALL}nouvelle/", reviews.review_edit, name="review_add"),
    path(ONE, reviews.review, name="review"),
    path(f"{ONE}modifier/", reviews.review_edit, name="review_edit"),
    path(f"{ONE}etat/", reviews.review_state, name="review_state"),
    path(f"{ONE}avis/", reviews.review_opinion, name="review_opinion"),
    path(f"{ONE}liens/", reviews.review_links_page, name="review_links"),
    path(f"{ONE}conserver/", reviews.review_keep, name="review_keep"),
    path(f"{ONE}actions/<int:action_id>/", reviews.review_action, name="review_action"),
    path(f"{ONE}suite/", review_outcome.review_apply, name="review_apply"),
    path(f"{ONE}suite/annuler/", review_outcome.review_undo, name="review_undo"),
    path(f"{ONE}revision.csv", review_outcome.review_file, name="review_file"),
    path("revision/<slug:token>/", reviews.review_link, name="review_link"),
]
