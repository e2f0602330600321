"""The full-text index, by each database's own means, over the tokens made in Python.

A later migration that rebuilds ``search_document`` on SQLite (altering a field does) drops the triggers: it must end by
running ``create`` again.
"""

from django.db import migrations

# The démarche is a word of the index (``_12``), so that a common word is only looked for where one may read.
NEW = "new.id, new.title_tokens, new.body_tokens, '_' || coalesce(new.space_id, 0)"
OLD = "'delete', old.id, old.title_tokens, old.body_tokens, '_' || coalesce(old.space_id, 0)"
ADD = f"INSERT INTO search_fts(rowid, title_tokens, body_tokens, scope) VALUES ({NEW});"
FORGET = f"INSERT INTO search_fts(search_fts, rowid, title_tokens, body_tokens, scope) VALUES ({OLD});"
SQLITE = [
    """CREATE VIEW search_content AS
        SELECT id, title_tokens, body_tokens, '_' || coalesce(space_id, 0) AS scope FROM search_document""",
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        title_tokens, body_tokens, scope, content='search_content', content_rowid='id', tokenize="ascii tokenchars '_'"
    )""",
    f"CREATE TRIGGER search_document_insert AFTER INSERT ON search_document BEGIN {ADD} END",
    f"CREATE TRIGGER search_document_delete AFTER DELETE ON search_document BEGIN {FORGET} END",
    f"CREATE TRIGGER search_document_update AFTER UPDATE ON search_document BEGIN {FORGET} {ADD} END",
]
POSTGRESQL = [
    """ALTER TABLE search_document ADD COLUMN tokens tsvector GENERATED ALWAYS AS (
        to_tsvector('simple'::regconfig, title_tokens) || to_tsvector('simple'::regconfig, body_tokens)
    ) STORED""",
    "CREATE INDEX search_document_tokens ON search_document USING gin (tokens)",
]
DROP = {
    "sqlite": [
        "DROP TRIGGER search_document_insert",
        "DROP TRIGGER search_document_delete",
        "DROP TRIGGER search_document_update",
        "DROP TABLE search_fts",
        "DROP VIEW search_content",
    ],
    "postgresql": ["DROP INDEX search_document_tokens", "ALTER TABLE search_document DROP COLUMN tokens"],
}


def create(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
