"""Run in a process of its own: a database that may not grow, and somebody who writes into it. Prints what happened."""

import json

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from holdgood.measures.models import Note
    from holdgood.measures.tests.factories import add, measure
    from holdgood.places.tests.factories import Trust
    from holdgood.trail.models import Entry

    call_command("migrate", verbosity=0)
    made = Trust()
    add(measure(made.trust), made.ward7, [8, 6, 9, 7, 8, 5, 9, 8, 6, 7, 9, 8])
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.force_login(made.manager, backend="holdgood.people.backends.Local")
    note = {"on": "3 March 2024", "text": "word " * 3900}
    address = "/at/ward-7/measures/falls/notes/new/"
    assert client.post(address, note).status_code == 302
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
    answers = [client.post(address, note | {"title": f"Note {n}"}) for n in range(12)]  # the same is taken once
    with connection.cursor() as cursor:
        sound = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        cursor.execute("PRAGMA max_page_count = 1073741823")
    told = {
        "statuses": [answer.status_code for answer in answers],
        "page": next((answer.text for answer in answers if answer.status_code == 507), ""),
        "notes": Note.objects.count(),
        "told": Entry.objects.filter(event="measure.note.added").count(),
        "sound": sound,
        "after": client.post(address, note | {"title": "After"}).status_code,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
