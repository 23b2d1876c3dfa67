"""The two verdicts of a measure in words: is it changing, will it meet its target."""

from plotthedots import words
from plotthedots.card import NO_NUMBER, Card


def icons(card: Card, few: bool) -> tuple[str, str]:
    """Names of the variation and the assurance icon of a measure."""
    return "too_few" if few or card.variation is None else card.variation, card.assurance or "none"


def changing(card: Card, few: bool) -> str:
    """What is said beside the variation icon: a word, a colon, and what it means."""
    if few or card.variation is None:
        return "Too few points: to tell yet"
    return words.VARIATIONS[card.variation]


def meeting(card: Card) -> str:
    """What is said beside the assurance icon."""
    if card.assurance:
        return words.ASSURANCES[card.assurance].replace("the target", f"the target of {card.target}", 1)
    if card.target == NO_NUMBER:
        return "No target: none is set"
    return f"Target {card.target}: not judged, since that takes limits and a direction"


def answer(card: Card, few: bool) -> str:
    """Both verdicts in half a sentence: "no change beyond chance, and the target of 5 is missed every time"."""
    if few:
        return "too few points to tell yet"
    said = changing(card, few)
    said = said.removeprefix("Common cause: ").replace(": ", ", ", 1)
    said = said[0].lower() + said[1:]
    if not card.assurance:
        return said
    promise = meeting(card).partition(": ")[2].removesuffix(" unless something changes")
    return f"{said}, and {promise}"
