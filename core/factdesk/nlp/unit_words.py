"""How units and currencies are written in English articles."""

import re

_LENGTHS = {
    "kilomet{er} kilomet{er}s km kms": "km", "met{er} met{er}s m": "m", "centimet{er} centimet{er}s cm": "cm", "millimet{er} millimet{er}s mm": "mm",
    "mile miles mi": "mile", "yard yards yd": "yard", "foot feet ft": "foot", "inch inches": "inch",
}  # fmt: skip
_AREAS = {"km": "km2", "m": "m2", "mile": "square mile", "foot": "square foot"}
_OTHERS = {
    "hectare hectares ha": "hectare", "acre acres": "acre", "litre litres liter liters": "litre", "millilitres milliliters ml": "ml", "gallon gallons": "gallon",
    "barrel barrels": "barrel", "kilogram kilograms kilogramme kilogrammes kilo kilos kg": "kg", "gram grams gramme grammes g": "g", "milligrams mg": "mg",
    "tonne tonnes": "tonne", "ton tons": "ton", "pound pounds lb lbs": "pound", "ounce ounces oz": "ounce", "kph kmh km/h": "km/h", "mph": "mph", "m/s": "m/s",
    "knot knots": "knot", "seconds": "second", "minute minutes": "minute", "hour hours": "hour", "day days": "day", "week weeks": "week", "month months": "month",
    "year years": "year", "decade decades": "decade", "century centuries": "century", "kilowatt kilowatts": "kW", "megawatt megawatts": "MW", "gigawatt gigawatts": "GW",
    "times": "time", "degree degrees": "degree",
}  # fmt: skip
_PHRASES = {
    "nautical mile": "nautical mile", "nautical miles": "nautical mile", "years old": "year old", "year old": "year old", "years of age": "year old", "months old": "month old",
    "month old": "month old", "year-old": "year old", "year-olds": "year old", "month-old": "month old", "kilometres per hour": "km/h", "kilometers per hour": "km/h",
    "kilometres an hour": "km/h", "kilometers an hour": "km/h", "miles per hour": "mph", "miles an hour": "mph", "metres per second": "m/s", "meters per second": "m/s",
    "degrees celsius": "°C", "degrees c": "°C", "degrees centigrade": "°C", "degrees fahrenheit": "°F", "degrees f": "°F", "metric tons": "tonne", "metric tonnes": "tonne",
    "cubic metres": "m3", "cubic meters": "m3", "sq km": "km2", "sq. km": "km2", "sqkm": "km2", "sq miles": "square mile", "sq. miles": "square mile", "sq ft": "square foot",
    "sq m": "m2", "basis points": "basis point",
}  # fmt: skip


def _names() -> dict[str, str]:
    found = dict(_PHRASES)
    for forms, unit in (_LENGTHS | _OTHERS).items():
        for spelling in ("er", "re"):
            for form in forms.format(er=spelling).split():
                found[form] = unit
                if unit in _AREAS and len(form) > 3:
                    found[f"square {form}"] = _AREAS[unit]
    return found


NAMES = _names()
"""Unit by how it is written, in lower case."""

SYMBOLS = {
    "°C": "°C", "° C": "°C", "ºC": "°C", "°F": "°F", "° F": "°F", "ºF": "°F", "C": "°C", "F": "°F", "km²": "km2", "km2": "km2", "m²": "m2", "m2": "m2", "m³": "m3", "m3": "m3",
    "kWh": "kWh", "MWh": "MWh", "GWh": "GWh", "TWh": "TWh", "kW": "kW", "MW": "MW", "GW": "GW",
}  # fmt: skip
"""Unit by a sign whose case matters."""

_any = sorted((re.escape(name).replace(r"\ ", r"[ -]") for name in NAMES), key=len, reverse=True)
UNIT = re.compile(
    r"(?:[\s\u00a0]?(?P<percent>%)|[\s\u00a0-](?P<per>(?i:per[ -]?cent(?:age points?)?(?! share)|percentage points?|pc\b))"
    r"|[\s\u00a0]?(?P<symbol>" + "|".join(sorted(map(re.escape, SYMBOLS.keys() - {"C", "F"}), key=len, reverse=True)) + r")(?!\w)"
    r"|(?P<heat>[CF])(?![\w.'’])"
    r"|[\s\u00a0-]?(?P<name>(?i:" + "|".join(_any) + r"))(?![\w²³/])(?!-(?:a|olds)\b))"
)  # fmt: skip
"""A unit right behind a number."""

SIGNS = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY",
    "₽": "RUB", "₴": "UAH", "₹": "INR", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₦": "NGN", "zł": "PLN", "kr": "kr",
}  # fmt: skip
"""ISO 4217 code by sign; a sign of several currencies stays as it is."""

CODES = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "JPY",
        "CHF",
        "RUB",
        "UAH",
        "INR",
        "CNY",
        "RMB",
        "KRW",
        "TRY",
        "ILS",
        "NGN",
        "PLN",
        "SEK",
        "NOK",
        "DKK",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "AUD",
        "CAD",
        "NZD",
        "SGD",
        "HKD",
        "BRL",
        "MXN",
        "ARS",
        "ZAR",
        "EGP",
        "SAR",
        "AED",
        "QAR",
        "KES",
        "PKR",
        "BDT",
        "IDR",
        "THB",
        "VND",
        "PHP",
        "MYR",
        "TWD",
    ]
)

CURRENCIES = {
    "us dollar": "USD", "american dollar": "USD", "australian dollar": "AUD", "canadian dollar": "CAD", "new zealand dollar": "NZD", "hong kong dollar": "HKD",
    "singapore dollar": "SGD", "dollar": "USD", "euro": "EUR", "pound sterling": "GBP", "pounds sterling": "GBP", "british pound": "GBP", "egyptian pound": "EGP",
    "swiss franc": "CHF", "franc": "franc", "russian rouble": "RUB", "russian ruble": "RUB", "rouble": "RUB", "ruble": "RUB", "hryvnia": "UAH", "hryvnya": "UAH", "yen": "JPY",
    "yuan": "CNY", "renminbi": "CNY", "indian rupee": "INR", "pakistani rupee": "PKR", "rupee": "rupee", "swedish krona": "SEK", "swedish kronor": "SEK", "kronor": "SEK",
    "norwegian krone": "NOK", "norwegian kroner": "NOK", "danish krone": "DKK", "danish kroner": "DKK", "kroner": "kr", "krone": "kr", "krona": "SEK", "zloty": "PLN", "forint": "HUF",
    "turkish lira": "TRY", "lira": "lira", "rand": "ZAR", "won": "KRW", "mexican peso": "MXN", "peso": "peso", "reais": "BRL", "real": "BRL", "shekel": "ILS", "dirham": "AED",
    "riyal": "SAR", "naira": "NGN", "baht": "THB", "dong": "VND", "czech koruna": "CZK", "koruna": "CZK", "leu": "RON", "lei": "RON", "lev": "BGN", "leva": "BGN",
}  # fmt: skip
"""ISO 4217 code by name in the singular."""

CURRENCY = re.compile(
    r"[\s\u00a0-]?(?:(?P<name>(?i:"
    + "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
    + r"))s?|(?P<pounds>pounds?)|(?P<code>"
    + "|".join(sorted(CODES))
    + r")|(?P<sign>[€£$₽₴₹zł]{1,2}|kr))(?![\w-])"
)
"""A currency behind a number."""

COSTS = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|cost(?:s|ing)?|fine[sd]?|worth|price[sd]?|fees?|spen[dt]\w*|sold|sells?|bought|earn\w*|wages?|salar\w+|tax\w*|raised?|budget|bills?|donat\w+|debts?|loans?|"
    r"fund\w*|cash|stole|owe[sd]?|invest\w*|charge[sd]?|compensation|sterling)\b",
    re.IGNORECASE,
)
"""Words beside which pounds are money and not a weight."""
