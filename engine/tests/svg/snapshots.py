"""Forty drawings as pictures: `python engine/tests/svg/snapshots.py` keeps them as they look now, for a person to see.

Small pictures in few colours: what a change in looks moves shows there, and what rounding moves does not.
"""

import datetime as dt
import importlib.util
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

import plotthedots as ptd
from plotthedots.report import png as resvg

ROOT = Path(__file__).parents[3]
KEPT = Path(__file__).parent / "snapshots"
WIDTH = 420  # pixels of a picture that is kept


def _gallery() -> Any:
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs" / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


GALLERY = _gallery()


def _falls(**options: Any) -> ptd.Result:
    return ptd.spc(GALLERY.falls(), **({"direction": "decrease", "target": 4} | options))


def _missing() -> ptd.Result:
    frame = GALLERY.falls()
    values = [None if month in (5, 6, 20) else value for month, value in enumerate(frame["value"])]
    ghosts = [month in (10, 30) for month in range(36)]
    return ptd.spc({**frame, "value": values, "ghost": ghosts}, exclude="ghost", direction="decrease")


def _counts(chart: str, **options: Any) -> ptd.Result:
    frame = GALLERY.falls()
    counts = [round(value * 3) for value in frame["value"]]
    more = {"of": [90 + 7 * (month % 5) for month in range(36)]}
    return ptd.spc({**frame, "value": counts, **more}, chart=chart, direction="decrease", **options)


def _subgroups(chart: str) -> ptd.Result:
    frame = GALLERY.falls()
    rows = [(day, value + part) for day, value in zip(*frame.values(), strict=True) for part in (-0.6, 0.1, 0.5)]
    date, value = zip(*rows, strict=True)
    return ptd.spc({"date": list(date), "value": list(value)}, chart=chart, direction="decrease")


def _waits(**options: Any) -> ptd.Result:
    asked = {"denominator": "attendances", "chart": "pprime", "target": 0.78, "direction": "increase"}
    return ptd.spc(GALLERY.waits(), by="trust", **(asked | options))


NOTES = [(dt.date(2024, 3, 1), "A winter ward opened"), (dt.date(2025, 1, 1), "Bay nursing")]
MORE: dict[str, Callable[[], str]] = {
    "improvement": lambda: _falls().to_svg(),
    "neutral": lambda: _falls(direction="neutral", target=None).to_svg(),
    "concern": lambda: _falls(direction="increase").to_svg(),
    "narrow": lambda: _falls().to_svg(width=340, height=320),
    "wide": lambda: _falls().to_svg(width=960, height=380),
    "low": lambda: _falls().to_svg(height=200),
    "notes": lambda: _falls(rebase="2025-01-01").to_svg(notes=NOTES, phase_labels=["Before", "Since"]),
    "three-phases": lambda: _falls(rebase=["2024-01-01", "2025-01-01"]).to_svg(),
    "baseline": lambda: _falls(baseline=24).to_svg(),
    "missing": lambda: _missing().to_svg(),
    "few": lambda: ptd.spc({"date": GALLERY.MONTHS[:4], "value": [3, 4, 2, 3]}).to_svg(),
    "one": lambda: ptd.spc({"date": [1], "value": [3]}).to_svg(),
    "flat": lambda: ptd.spc({"date": list(range(12)), "value": [5.0] * 12}).to_svg(),
    "numbers": lambda: ptd.spc({"date": list(range(36)), "value": GALLERY.falls()["value"]}).to_svg(),
    "long-title": lambda: _falls().to_svg(title="Falls with harm on the wards for older people at St Hild's " * 3),
    "nelson": lambda: _falls(rules="nelson").to_svg(),
    "c": lambda: _counts("c").to_svg(),
    "u": lambda: _counts("u", denominator="of", multiply=1000).to_svg(),
    "p": lambda: _counts("p", denominator="of").to_svg(),
    "xbar": lambda: _subgroups("xbar").to_svg(),
    "s": lambda: _subgroups("s").to_svg(),
    "dense": lambda: ptd.spc({"date": list(range(400)), "value": GALLERY.noise(5, 400)}).to_svg(),
    "multiples-own": lambda: ptd.small_multiples(_waits(), common=False, width=640),
    "overview-narrow": lambda: ptd.overview(_waits(), width=420),
    "colours-narrow": lambda: ptd.rag_or_dots(_waits(), amber=0.02).to_svg("Trust B", width=420),
}


def drawings() -> dict[str, Callable[[], str]]:
    """Each drawing by name: those of the gallery, and more."""
    made = {f"gallery-{slug}": (lambda code=code: GALLERY.draw(code)) for slug, _, code in GALLERY.DRAWINGS}
    return made | MORE


def picture(drawn: str) -> Image.Image:
    """The drawing on white, with the fonts of the package alone, so that it looks the same on every machine."""
    png = resvg.png(drawn, zoom=1)
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    return whole.resize((WIDTH, round(whole.height * WIDTH / whole.width)), Image.Resampling.LANCZOS)


def differs(found: Image.Image, kept: Image.Image) -> float:
    """The share of pixels that look different: by more than an eighth of the way from black to white."""
    if found.size != kept.size:
        return 1.0
    apart = np.abs(np.asarray(found, dtype=np.int16) - np.asarray(kept, dtype=np.int16)).max(axis=2)
    return float((apart > 32).mean())


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for name, draw in drawings().items():
        picture(draw()).quantize(256, dither=Image.Dither.NONE).save(KEPT / f"{name}.png", optimize=True)
        print(f"snapshots: {name}")
