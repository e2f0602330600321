"""The directory in and out, as HSDS."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect as plain_redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.directory.exports import to_json, to_package
from concertoit.field.directory.forms import FileForm
from concertoit.field.directory.models import DirectoryImport
from concertoit.field.directory.queries.bundles import bundle_of, shown
from concertoit.field.directory.queries.problems import changes_in_words, in_words
from concertoit.field.directory.services import importing
from concertoit.field.directory.views.pages import address
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import JSON
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render

SHOWN = 300


@in_space("directory.view")
def export_file(request: SpaceRequest, extension: str) -> HttpResponse:
    """All that the démarche shows: JSON, or the tabular package."""
    space = request.viewer.space
    if extension not in ("json", "zip"):
        raise NotVisible("")
    bundle = bundle_of(shown(space), modified=True)
    if extension == "json":
        return attachment(to_json(bundle), JSON, f"repertoire-{space.slug}.json")
    title = _("Répertoire de %(space)s") % {"space": space}
    return attachment(to_package(bundle, title=title), "application/zip", f"repertoire-{space.slug}.zip")


@in_space("directory.manage")
def import_start(request: SpaceRequest) -> HttpResponse:
    """Bring a file; nothing changes before it has been seen."""
    form = FileForm(posted(request), request.FILES if request.method == "POST" else None)
    made: list[DirectoryImport] = []

    def read() -> None:
        brought = form.cleaned_data["document"]
        made.append(importing.read(viewer=request.viewer, name=brought.name, data=brought.read()))

    if request.method == "POST" and attempt(form, read):
        return plain_redirect(address(request, "import_preview", import_id=made[0].pk))
    recent = DirectoryImport.objects.filter(space=request.viewer.space).select_related("made_by").order_by("-pk")[:10]
    context = {"form": form, "recent": list(recent)}
    return render(request, "directory/import_start.html", context, status=422 if form.errors else 200)


@in_space("directory.manage")
def import_preview(request: SpaceRequest, import_id: int) -> HttpResponse:
    """What a file would change, and everything that is wrong with it."""
    preview = importing.preview(importing.import_of(request.viewer, import_id))
    context = {
        "preview": preview, "row": preview.brought, "errors": in_words(preview.errors[:SHOWN]),
        "remarks": in_words(preview.remarks[:SHOWN]), "changes": changes_in_words(preview.changes[:SHOWN]),
        "total": len(preview.changes),
    }  # fmt: skip
    return render(request, "directory/import_preview.html", context)


@in_space("directory.manage")
@require_POST
def import_settle(request: SpaceRequest, import_id: int) -> HttpResponse:
    """Confirm an import, or set it aside."""
    if request.POST.get("quoi") == "abandonner":
        importing.discard(viewer=request.viewer, import_id=import_id)
        toasts.done(request, _("L’import est abandonné."))
        return redirect(request, address(request, "import_start"))
    importing.confirm(viewer=request.viewer, import_id=import_id)
    toasts.done(request, _("Le répertoire est à jour avec ce fichier."))
    return redirect(request, address(request, "services"))
