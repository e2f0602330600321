"""Addresses of referrals."""

from django.urls import path

from concertoit.field.logbook.views import referral_figures, referrals

IN = "demarches/<slug:slug>/references/"
ONE = f"{IN}<int:referral_id>/"
urlpatterns = [
    path(IN, referrals.referrals, name="referrals"),
    path(f"{IN}nouvelle/", referrals.referral_new, name="referral_new"),
    path(f"{IN}bilan/", referral_figures.figures, name="referral_figures"),
    path(ONE, referrals.referral, name="referral"),
    path(f"{ONE}etat/", referrals.referral_move, name="referral_move"),
    path(f"{ONE}lien/", referrals.referral_link, name="referral_link"),
    path(f"{ONE}accord/", referrals.referral_consent, name="referral_consent"),
    path(f"{ONE}coordonnees/detruire/", referrals.handover_remove, name="handover_remove"),
    path("reference/<str:token>/", referrals.answer, name="referral_answer"),
]
