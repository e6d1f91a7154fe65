"""The interface's own words: gettext catalogues, dates and names of languages from CLDR, and the direction of writing.

The words of the content are the editors'; these here are the hub's, and stand in locales/<language>/LC_MESSAGES/.
"""

import datetime as dt
import gettext
from functools import lru_cache
from pathlib import Path

from babel.core import Locale, get_global
from babel.dates import format_date, format_time, get_timezone_location
from babel.numbers import format_decimal
from babel.units import format_unit

DOMAIN = "chautari"
LOCALES = Path(__file__).parent / "locales"


@lru_cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English, in which the code is written, where there is none."""
    return gettext.translation(DOMAIN, LOCALES, [language.replace("-", "_")], fallback=True)


@lru_cache
def section(name: str, language: str = "en") -> str:
    """What readers call a part of the site, a content type or a vocabulary: Trainings, Countries."""
    _ = translations(language).gettext
    return {
        "posts": _("Posts"),
        "trainings": _("Trainings"),
        "events": _("Events"),
        "partners": _("Partners"),
        "initiatives": _("Initiatives"),
        "resources": _("Resources"),
        "credentials": _("Credentials"),
        "pages": _("Pages"),
        "countries": _("Countries"),
        "regions": _("Regions"),
        "themes": _("Themes"),
        "groups": _("Groups"),
        "kinds": _("Kinds"),
        "languages": _("Languages"),
        "years": _("Years"),
        "publishers": _("Publishers"),
        "topics": _("Topics"),
    }.get(name, name.capitalize())


@lru_cache
def territory(language: str) -> str:
    """A language with the country where most people speak it, as Open Graph wants it: bn_BD (CLDR likelySubtags)."""
    locale = _locale(language)
    whole = get_global("likely_subtags").get(locale.language, "")
    return f"{locale.language}_{locale.territory or whole.rpartition('_')[2]}".rstrip("_")


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def day(value: dt.date, language: str = "en") -> str:
    """A date as people write it: 20 June 2019."""
    # CLDR's long English date puts the month first; the network writes the day first, as all its members do.
    return _formatted(value.year, value.month, value.day, "d MMMM y", language)


def month(value: dt.date, language: str = "en") -> str:
    """A month with its year: June 2019."""
    return _formatted(value.year, value.month, 1, "MMMM y", language)


@lru_cache(maxsize=65_536)
def _formatted(year: int, month: int, day: int, pattern: str, language: str) -> str:
    # By the numbers of the calendar: two moments that are equal may be on different days.
    return str(format_date(dt.date(year, month, day), pattern, locale=_locale(language)))


def number(value: float, language: str = "en") -> str:
    """A number with its digits grouped: 1,250,000."""
    return str(format_decimal(value, locale=_locale(language), decimal_quantization=False))


def size(value: int, language: str = "en") -> str:
    """A file's size as people tell it, a thousand bytes to the kilobyte: 340 kB, 1.2 MB."""
    for unit, bytes_ in (("megabyte", 1_000_000), ("kilobyte", 1_000)):
        if value >= bytes_:
            shown = round(value / bytes_, 1 if value < 10 * bytes_ else None)
            return str(format_unit(shown, f"digital-{unit}", "short", locale=_locale(language)))
    return str(format_unit(value, "digital-byte", "long", locale=_locale(language)))


def elapsed(minutes: int) -> str:
    """Minutes as hours and minutes on a clock, the same in all languages: 1:35."""
    return f"{minutes // 60}:{minutes % 60:02}"


def clock(value: dt.datetime, language: str = "en") -> str:
    """A time of day: 14:30."""
    return str(format_time(value, "HH:mm", locale=_locale(language), tzinfo=value.tzinfo))


@lru_cache
def place_of_zone(zone: str, language: str = "en") -> str:
    """The place that a time zone is named after: Dhaka, ঢাকা."""
    return str(get_timezone_location(zone, locale=_locale(language), return_city=True))


@lru_cache
def language_name(code: str, language: str = "en") -> str:
    """The name of a language in a language: Bengali, বাংলা."""
    return str(_locale(code).get_display_name(_locale(language)) or code)


@lru_cache
def direction(language: str) -> str:
    """`ltr` or `rtl`, for the attribute `dir`."""
    return str(_locale(language).text_direction)
