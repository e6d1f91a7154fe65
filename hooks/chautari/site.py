"""The place of publication: what views and outputs know of the world, and the settings that say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

import yaml
from pydantic import BeforeValidator, Field

from chautari.dates import Zone, instant_of, read_zone
from chautari.source import read_group, read_text
from chautari.validation import Model, validate
from chautari.values import Language, Licence, Many, Text

SETTINGS = ("extra", "hub")
"""Where the hub's settings stand in mkdocs.yml."""


class ClockSetting(Model):
    """A place whose time events tell as well; `name` where people call it otherwise than its zone does."""

    zone: Zone
    name: Text | None = None


class MapSetting(Model):
    """How maps are drawn: with the outlines of countries, or with land and dots alone."""

    outlines: bool = False


def _as_clock(value: Any) -> Any:
    return {"zone": value} if isinstance(value, str) else value


class Settings(Model):
    """The hub's settings in mkdocs.yml under `extra`, `hub`.

    `language` is that of entries which name none, `timezone` the one whose midnight publishes a scheduled post,
    `id_authority` the `domain,year` of the feeds' tag: URIs (RFC 4151): never change it, or every subscriber sees
    every old post again. `comments` shows what readers wrote below the entries of the old blog. `clocks` are the
    places whose time the page of an event tells, `map` says whether maps have borders.
    """

    language: Language = "en"
    languages: Many[Language] = ("en",)
    timezone: Zone = "UTC"
    licence: Licence = "CC-BY-4.0"
    comments: bool = False
    clocks: Many[Annotated[ClockSetting, BeforeValidator(_as_clock)]] = ()
    map: MapSetting = MapSetting()
    id_authority: Text | None = Field(default=None, pattern=r"^[a-z0-9.-]+,\d{4}(-\d\d){0,2}$")


def relative_url(start: str, goal: str) -> str:
    """The way from one page to another place, both named from the site's root: the site works below any path."""
    path, mark, anchor = goal.partition("#")
    steps = start.split("/")[:-1]
    way = "../" * len(steps) + path
    return (way or "./") + mark + anchor


def destination(url: str) -> str:
    """The file of an address: `partners/gefont/` and `old` are partners/gefont/index.html and old/index.html."""
    if not url or url.endswith("/"):
        return f"{url}index.html"
    return url if "." in url.rpartition("/")[2] else f"{url}/index.html"


def read_settings(path: Path, name: str) -> Settings:
    """The hub's settings from mkdocs.yml. Raises `ContentError`."""
    return validate(Settings, read_group(path, name, SETTINGS))


def read_address(path: Path, environment: Mapping[str, str]) -> str:
    """The public address in mkdocs.yml, for what runs without MkDocs: a text, or `!ENV [SITE_URL, default]`."""
    node = yaml.compose(read_text(path, path.name), Loader=yaml.CBaseLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = next((value for key, value in pairs if key.value == "site_url"), None)
    if isinstance(found, yaml.SequenceNode):
        *names, default = (item.value for item in found.value)
        return next((environment[name] for name in names if environment.get(name)), str(default))
    return str(found.value) if found else ""


@dataclass(frozen=True)
class Site:
    """Title, address, language and the moment of publication; nothing else in the core reads a clock.

    `preview` is true where an editor looks at unpublished work.
    """

    name: str
    url: str
    now: datetime
    description: str = ""
    settings: Settings = field(default_factory=Settings)
    preview: bool = False

    @property
    def language(self) -> str:
        """The language of entries that name none."""
        return self.settings.language

    @property
    def zone(self) -> tzinfo:
        return read_zone(self.settings.timezone)

    @property
    def today(self) -> date:
        """The calendar day of publication, in the site's zone."""
        return self.now.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The instant at which a day is over, in the site's zone."""
        return instant_of(day + timedelta(days=1), self.zone)

    @property
    def id_authority(self) -> str:
        """The authority of the feeds' tag: URIs."""
        return self.settings.id_authority or f"{urlsplit(self.url).hostname or 'localhost'},2014"

    def absolute(self, url: str) -> str:
        """The whole address of a place that is named from the site's root."""
        return self._home + url

    @property
    def path(self) -> str:
        """The way to the root from any place on its host: `/`, or `/hub/`."""
        return urlsplit(self._home).path

    @cached_property
    def _home(self) -> str:
        """To resolve each address would take ten times longer, and a page has a dozen."""
        return urljoin(self.url, "./") if self.url else ""
