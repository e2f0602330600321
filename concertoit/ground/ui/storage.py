"""Static files under names that change with their content, so that browsers may keep them for a year."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

# Extensions that django-htmx ships and that no page of ours asks for; one imports by a name that does not exist.
_LEFT_ALONE = "django_htmx/ext/"


class HashedStatic(ManifestStaticFilesStorage):
    """ES modules import each other by name: their addresses are rewritten too."""

    support_js_module_import_aggregation = True
    manifest_strict = False

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        ours = {path: found for path, found in paths.items() if not path.startswith(_LEFT_ALONE)}
        yield from super().post_process(ours, *args, **options)
