"""What this app sets up when the program starts."""

from django.apps import AppConfig


class People(AppConfig):
    name = "holdgood.people"

    def ready(self) -> None:
        from holdgood.people import held, told

        told.listen()
        held.register_all()
