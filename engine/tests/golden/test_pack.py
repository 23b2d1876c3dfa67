"""Packing keeps every byte, and the same tables always give the same files."""

import gzip
from pathlib import Path

from .pack import REFERENCES, pack


def test_packed_tables_hold_the_bytes_given_and_repeat_exactly(tmp_path: Path) -> None:
    for reference in REFERENCES:
        (tmp_path / "given" / reference).mkdir(parents=True)
    given = tmp_path / "given" / "qicharts2" / "cases.csv"
    given.write_bytes("case,note\nq1,Anhøj\n".encode())
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        assert [path.name for path in pack(tmp_path / "given", tmp_path / folder)] == ["cases.csv.gz"]
    one, other = ((tmp_path / folder / "qicharts2" / "cases.csv.gz").read_bytes() for folder in ("one", "other"))
    assert one == other
    assert gzip.decompress(one) == given.read_bytes()
