"""The full-text index, by each database's own means, over the tokens made in Python.

A later migration that rebuilds ``search_document`` on SQLite (altering a field does) drops the triggers: it must end by
running ``create`` again.
"""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        title_tokens, body_tokens, content='search_document', content_rowid='id', tokenize='ascii'
    )""",
    """CREATE TRIGGER search_document_insert AFTER INSERT ON search_document BEGIN
        INSERT INTO search_fts(rowid, title_tokens, body_tokens) VALUES (new.id, new.title_tokens, new.body_tokens);
    END""",
    """CREATE TRIGGER search_document_delete AFTER DELETE ON search_document BEGIN
        INSERT INTO search_fts(search_fts, rowid, title_tokens, body_tokens)
        VALUES ('delete', old.id, old.title_tokens, old.body_tokens);
    END""",
    """CREATE TRIGGER search_document_update AFTER UPDATE ON search_document BEGIN
        INSERT INTO search_fts(search_fts, rowid, title_tokens, body_tokens)
        VALUES ('delete', old.id, old.title_tokens, old.body_tokens);
        INSERT INTO search_fts(rowid, title_tokens, body_tokens) VALUES (new.id, new.title_tokens, new.body_tokens);
    END""",
]
POSTGRESQL = [
    """ALTER TABLE search_document ADD COLUMN tokens tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_tokens), 'A')
        || setweight(to_tsvector('simple'::regconfig, body_tokens), 'D')
    ) STORED""",
    "CREATE INDEX search_document_tokens ON search_document USING gin (tokens)",
]
DROP = {
    "sqlite": [
        "DROP TRIGGER search_document_insert",
        "DROP TRIGGER search_document_delete",
        "DROP TRIGGER search_document_update",
        "DROP TABLE search_fts",
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
