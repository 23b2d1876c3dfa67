"""What places put into the shell and onto the trail's pages."""

from django.apps import AppConfig


class Places(AppConfig):
    name = "holdgood.places"

    def ready(self) -> None:
        from holdgood.design import shell
        from holdgood.people import chains
        from holdgood.places import access, events, held, here, lapses, menu, searched
        from holdgood.trail import words

        shell.part("switcher", here.switcher)
        shell.part("account", here.account)
        words.add(events.SAID)
        searched.register()
        lapses.register()
        menu.register()
        held.register_all()
        chains.register(access.chain_of)
