"""Charts look as they did when a person looked at them last."""

from pathlib import Path

import pytest
from PIL import Image

from .snapshots import KEPT, ROOT, differs, drawings, picture

MOST = 0.002  # of the pixels of a small picture: a label that moved by a pixel is more
DRAWINGS = drawings()


@pytest.mark.parametrize("name", DRAWINGS)
def test_it_looks_as_it_did(name: str) -> None:
    found = picture(DRAWINGS[name]())
    with Image.open(KEPT / f"{name}.png") as file:
        kept = file.convert("RGB")
    share = differs(found, kept)
    if share > MOST:
        new = ROOT / "build" / "snapshots" / f"{name}.png"
        new.parent.mkdir(parents=True, exist_ok=True)
        found.save(new)
        relative = Path(new).relative_to(ROOT)
        pytest.fail(
            f"{name}: {share:.2%} of the picture changed. Look at {relative} beside {name}.png; if it is meant, "
            "python engine/tests/svg/snapshots.py keeps it."
        )


def test_there_are_forty_and_none_is_left_over() -> None:
    assert len(DRAWINGS) >= 40
    assert {file.stem for file in KEPT.glob("*.png")} == set(DRAWINGS)


def test_a_change_in_looks_is_seen() -> None:
    drawn = DRAWINGS["improvement"]()
    before = picture(drawn)
    assert differs(picture(drawn), before) == 0
    assert differs(picture(drawn.replace("#0081c6", "#d95f02")), before) > MOST
    assert differs(picture(drawn.replace('class="ptd-heading"', 'class="ptd-strong"')), before) > MOST
