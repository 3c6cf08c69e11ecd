"""Units of measurement: what they measure and how much of the base unit one of them is."""

from typing import NamedTuple


class Unit(NamedTuple):
    """A unit by its name in values."""

    measures: str
    factor: float  # in the base unit of what it measures
    shift: float = 0.0  # added after multiplying, for temperatures
    symbol: bool = False  # written like "km", without a plural


UNITS: dict[str, Unit] = {
    "mm": Unit("length", 0.001, symbol=True), "cm": Unit("length", 0.01, symbol=True), "m": Unit("length", 1, symbol=True), "km": Unit("length", 1000, symbol=True),
    "mile": Unit("length", 1609.344), "nautical mile": Unit("length", 1852), "yard": Unit("length", 0.9144), "foot": Unit("length", 0.3048),
    "inch": Unit("length", 0.0254), "m2": Unit("area", 1, symbol=True), "km2": Unit("area", 1e6, symbol=True), "square mile": Unit("area", 2_589_988.11),
    "square foot": Unit("area", 0.09290304), "hectare": Unit("area", 1e4), "acre": Unit("area", 4046.8564), "litre": Unit("volume", 1),
    "ml": Unit("volume", 0.001, symbol=True), "m3": Unit("volume", 1000, symbol=True), "gallon": Unit("volume", 3.785411784), "barrel": Unit("volume", 158.987),
    "mg": Unit("mass", 1e-6, symbol=True), "g": Unit("mass", 0.001, symbol=True), "kg": Unit("mass", 1, symbol=True), "tonne": Unit("mass", 1000), "ton": Unit("mass", 1000),
    "pound": Unit("mass", 0.45359237), "ounce": Unit("mass", 0.028349523), "km/h": Unit("speed", 1, symbol=True), "mph": Unit("speed", 1.609344, symbol=True),
    "m/s": Unit("speed", 3.6, symbol=True), "knot": Unit("speed", 1.852), "°C": Unit("temperature", 1, symbol=True),
    "°F": Unit("temperature", 5 / 9, -160 / 9, symbol=True), "second": Unit("duration", 1), "minute": Unit("duration", 60), "hour": Unit("duration", 3600),
    "day": Unit("duration", 86_400), "week": Unit("duration", 604_800), "month": Unit("duration", 2_629_800), "year": Unit("duration", 31_557_600),
    "decade": Unit("duration", 315_576_000), "century": Unit("duration", 3_155_760_000), "year old": Unit("age", 12), "month old": Unit("age", 1),
    "kW": Unit("power", 1, symbol=True), "MW": Unit("power", 1000, symbol=True), "GW": Unit("power", 1e6, symbol=True), "kWh": Unit("energy", 1, symbol=True),
    "MWh": Unit("energy", 1000, symbol=True), "GWh": Unit("energy", 1e6, symbol=True), "TWh": Unit("energy", 1e9, symbol=True), "degree": Unit("degree", 1),
    "magnitude": Unit("magnitude", 1, symbol=True), "time": Unit("factor", 1), "basis point": Unit("points", 0.01), "point": Unit("points", 1),
}  # fmt: skip
"""Every unit that a quantity can have; those of one measure can be compared."""


def in_base(amount: float, unit: str) -> float:
    """The amount in the base unit of what it measures."""
    known = UNITS.get(unit)
    return amount if known is None else amount * known.factor + known.shift


def measure(unit: str) -> str:
    """What the unit measures; the unit itself when it is not known."""
    known = UNITS.get(unit)
    return unit if known is None else known.measures
