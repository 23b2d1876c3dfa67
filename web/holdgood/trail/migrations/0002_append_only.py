"""Entries can be added, not changed or deleted: the database itself refuses."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER trail_entries_no_{verb.lower()} BEFORE {verb} ON trail_entries
        BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$""",
    """CREATE TRIGGER trail_entries_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_entries
       FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()""",
]
BACK = {
    "sqlite": ["DROP TRIGGER trail_entries_no_update", "DROP TRIGGER trail_entries_no_delete"],
    "postgresql": ["DROP TRIGGER trail_entries_no_change ON trail_entries", "DROP FUNCTION trail_refuse()"],
}


def refuse(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def allow(apps, editor):
    for statement in BACK[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
