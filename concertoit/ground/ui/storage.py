"""Static files under names that change with their content, so that browsers may keep them for a year."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedStatic(ManifestStaticFilesStorage):
    """ES modules import each other by name: their addresses are rewritten too."""

    support_js_module_import_aggregation = True
    manifest_strict = False
