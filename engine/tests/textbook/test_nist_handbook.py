"""NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3: worked examples with the limits printed there."""

from .charted import chart, lines, outside

FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # 6.3.2.2, batches of a chemical process
WAFER_FAULTS = [  # 6.3.3.1
    *(16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14),
    *(16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13),
]


def test_flow_rates_have_the_limits_of_the_handbook() -> None:
    points = chart(FLOW_RATES, chart="xmr", rules="anhoej")
    assert lines(points, 4) == (50.81, 45.8159, 55.8041)
    assert outside(points) == []


def test_wafer_faults_have_the_limits_of_the_handbook() -> None:
    points = chart(WAFER_FAULTS, chart="c", rules="anhoej")
    assert lines(points, 2) == (16.0, 4.0, 28.0)
    assert outside(points) == [24]
