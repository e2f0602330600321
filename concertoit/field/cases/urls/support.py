"""Addresses of accompaniment (I5)."""

from django.urls import URLPattern, URLResolver, path

from concertoit.field.cases.urls.work import ONE
from concertoit.field.cases.views import support_letters, support_messages, support_pages, support_tenant

WITH = f"{ONE}accompagnement/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(WITH, support_pages.support, name="support"),
    path(f"{WITH}notes/nouvelle/", support_pages.note_new, name="note_new"),
    path(f"{WITH}notes/<int:note_id>/corriger/", support_pages.note_correct, name="note_correct"),
    path(f"{WITH}droits/", support_pages.card_explained, name="card_explained"),
    path(f"{WITH}parcours/nouvelle/", support_pages.step_edit, name="step_new"),
    path(f"{WITH}parcours/<int:step_id>/", support_pages.step_edit, name="step_edit"),
    path(f"{WITH}venu-de/nouveau/", support_pages.received_new, name="received_new"),
    path(f"{WITH}venu-de/<int:row_id>/nouvelles/", support_pages.received_answer, name="received_answer"),
    path(f"{WITH}references/nouvelle/", support_pages.refer_new, name="refer_new"),
    path(f"{WITH}lettres/nouvelle/<slug:kind>/", support_letters.letter_new, name="letter_new"),
    path(f"{WITH}lettres/<int:letter_id>/", support_letters.letter, name="letter"),
    path(f"{WITH}lettres/<int:letter_id>/annuler/", support_letters.letter_void, name="letter_void"),
    path(
        f"{WITH}lettres/<int:letter_id>/<slug:language>.<slug:extension>", support_letters.letter_file_out,
        name="letter_file",
    ),
    path(f"{ONE}messages/<slug:audience>/", support_messages.messages, name="messages"),
    path("suivi/<slug:code>/messages/", support_tenant.tenant_messages, name="tenant_messages"),
    path(f"{ONE}messages/<slug:audience>/lu/", support_messages.messages_read, name="messages_read"),
]  # fmt: skip
