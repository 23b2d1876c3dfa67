"""The methods once more, a series at a time in plain Python, as docs/methods/forecast.md writes them."""

import math

ALPHAS = (0.05, 0.15, 0.4, 0.7, 1.0)
TRENDS = [(beta, phi) for beta in (0.03, 0.3) for phi in (0.8, 0.95)]

Series = list[float | None]


def known(series: Series) -> list[tuple[int, float]]:
    return [(place, value) for place, value in enumerate(series) if value is not None]


def filled(series: Series) -> Series:
    made: Series = []
    for value in series:
        made.append(value if value is not None or not made else made[-1])
    return made


def weights(squares: list[float], n: int) -> list[float]:
    floor = max(squares) * 1e-9 or 1.0
    logs = [-0.5 * n * math.log(max(square, floor)) for square in squares]
    likelihood = [math.exp(log - max(logs)) for log in logs]
    return [one / sum(likelihood) for one in likelihood]


def smooth(series: Series, alpha: float, beta: float, phi: float) -> tuple[float, float, float]:
    """Level and trend after the last value, and the sum of squared one-step errors."""
    first = [value for _, value in known(series)][:5]
    level, trend, squares, begun = sum(first) / len(first), 0.0, 0.0, False
    for value in series:
        begun = begun or value is not None
        if not begun:
            continue
        expected = level + phi * trend
        error = 0.0 if value is None else value - expected
        level, trend = expected + alpha * error, phi * trend + alpha * beta * error
        squares += error**2
    return level, trend, squares


def damped(series: Series, horizon: int) -> list[float]:
    grid = [(alpha, 0.0, 0.0) for alpha in ALPHAS]
    grid += [(alpha, beta, phi) for alpha in ALPHAS for beta, phi in TRENDS]
    made = [smooth(series, *point) for point in grid]
    share = weights([squares for _, _, squares in made], len(known(series)))
    return [
        sum(
            weight * (level + trend * sum(phi**k for k in range(1, step + 1)))
            for weight, (level, trend, _), (_, _, phi) in zip(share, made, grid, strict=True)
        )
        for step in range(1, horizon + 1)
    ]


def slope(series: Series) -> float:
    points = known(series)
    middle = sum(place for place, _ in points) / len(points)
    mean = sum(value for _, value in points) / len(points)
    squares = sum((place - middle) ** 2 for place, _ in points)
    return sum((place - middle) * (value - mean) for place, value in points) / squares


def theta(series: Series, horizon: int) -> list[float]:
    n = len(known(series))
    made = [smooth(series, alpha, 0.0, 0.0) for alpha in ALPHAS]
    share = weights([squares for _, _, squares in made], n)
    level = sum(weight * one[0] for weight, one in zip(share, made, strict=True))
    behind = sum(weight * (1 - (1 - alpha) ** n) / alpha for weight, alpha in zip(share, ALPHAS, strict=True))
    return [level + slope(series) / 2 * (step + behind) for step in range(horizon)]


def effects(series: Series, season: int) -> tuple[list[float], float]:
    """Effect of the phase of each of the last `season` places, and how far it is believed."""
    if season < 2:
        return [0.0], 0.0
    whole, ends, deviations = filled(series), season // 2, {}
    for place in range(ends, len(whole) - ends):
        around = whole[place - ends : place + ends + 1]
        value = whole[place]
        if value is None or None in around:
            continue
        numbers = [one for one in around if one is not None]
        heavy = sum(numbers[1:-1]) + (numbers[0] + numbers[-1]) / (2 if season % 2 == 0 else 1)
        deviations[place] = value - heavy / season
    phases = [
        [deviation for place, deviation in deviations.items() if (place - len(whole)) % season == phase]
        for phase in range(season)
    ]
    spare = len(deviations) - season
    if not all(phases) or spare <= 0:
        return [0.0] * season, 0.0
    means = [sum(phase) / len(phase) for phase in phases]
    means = [mean - sum(means) / season for mean in means]
    squares = sum((one - mean) ** 2 for mean, phase in zip(means, phases, strict=True) for one in phase)
    noise = squares / spare / (len(deviations) / season)
    signal = sum(mean**2 for mean in means) / (season - 1)
    belief = max(0.0, 1 - noise / signal) if signal > 0 else 0.0
    return [mean * belief for mean in means], belief


def seasonal(series: Series, season: int, horizon: int, method: str, multiplying: bool = False) -> list[float]:
    """The method on the series without its season, the season put back."""
    additive, belief = effects(series, season)
    logs: Series = [None if value is None else math.log(value) for value in series] if multiplying else []
    in_logs, stronger = effects(logs, season) if multiplying else ([], 0.0)
    forecast = {"damped": damped, "theta": theta}[method]
    if stronger > belief:
        factor = [math.exp(effect) for effect in in_logs]
        adjusted = [None if value is None else value / factor[phase] for phase, value in by_phase(series, season)]
        return [mean * factor[step % season] for step, mean in enumerate(forecast(adjusted, horizon))]
    adjusted = [None if value is None else value - additive[phase] for phase, value in by_phase(series, season)]
    return [mean + additive[step % season] for step, mean in enumerate(forecast(adjusted, horizon))]


def by_phase(series: Series, season: int) -> list[tuple[int, float | None]]:
    """Values with their place in a list of the last `season` phases."""
    return [((place - len(series)) % season, value) for place, value in enumerate(series)]
