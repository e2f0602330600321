"""« Nouvelles »: what linked démarches say, what this one tells them."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings.forms.news import NewsForm
from concertoit.together.meetings.models import News
from concertoit.together.meetings.queries.news import linked_to, news_page
from concertoit.together.meetings.services import news as services
from concertoit.together.meetings.views.series import form_page


def _back(request: SpaceRequest) -> str:
    return reverse("meetings:news", kwargs={"slug": request.viewer.space.slug})


@in_space("meetings.view")
def news(request: SpaceRequest) -> HttpResponse:
    """Both lists, and for whom one publishes."""
    return render(request, "meetings/news.html", {"page": news_page(request.viewer)})


@in_space("meetings.publish")
def publish(request: SpaceRequest) -> HttpResponse:
    """Write a news for the linked démarches."""
    form = NewsForm(posted(request), space=request.viewer.space)
    saved: list[News] = []

    def save() -> None:
        data = form.cleaned_data
        one = services.publish(viewer=request.viewer, title=data["title"], body=data["body"], item_id=data["item"])
        saved.append(one)

    if request.method == "POST" and attempt(form, save):
        number = saved[0].received.count()
        text = ngettext(
            "La nouvelle est partie vers %(num)d démarche.", "La nouvelle est partie vers %(num)d démarches.", number
        )
        done(request, text % {"num": number})
        return redirect(request, _back(request))
    names = ", ".join(one.name for one in linked_to(request.viewer.space))
    lead = _("Pour : %(names)s") % {"names": names} if names else ""
    title = _("Publier une nouvelle")
    return form_page(request, form, title=title, back=_back(request), submit=_("Publier"), lead=lead)


@require_POST
@in_space("meetings.publish")
def withdraw(request: SpaceRequest, news_id: int) -> HttpResponse:
    """Take a news back."""
    services.withdraw(viewer=request.viewer, news_id=news_id)
    done(request, _("La nouvelle est retirée, ici et chez les démarches qui l’avaient reçue."))
    return redirect(request, _back(request))


@require_POST
@in_space("meetings.edit")
def aside(request: SpaceRequest, received_id: int) -> HttpResponse:
    """Keep a received news out of agendas, or bring it back."""
    aside = request.POST.get("aside") != "non"
    services.set_aside(viewer=request.viewer, received_id=received_id, aside=aside)
    done(request, _("La nouvelle n’ira pas à l’ordre du jour.") if aside else _("La nouvelle ira à l’ordre du jour."))
    return redirect(request, _back(request))
