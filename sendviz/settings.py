"""Settings: SENDVIZ_* in the environment, or the section [sendviz] of .streamlit/secrets.toml."""

import getpass
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from sendviz.rounding import BASE

SECRETS = Path(".streamlit/secrets.toml")

# Areas to compare with: the region, and the statistical neighbours that the published slice in the sample has.
PLACES = {
    "Stoke-on-Trent": ("West Midlands", ("Derby", "Dudley", "Kingston upon Hull, City of", "Rochdale", "Rotherham",
                                         "Sandwell", "Tameside", "Telford and Wrekin", "Walsall", "Wolverhampton")),
    "Wakefield": ("Yorkshire and The Humber", ("Barnsley", "Darlington", "Doncaster", "Lancashire", "Lincolnshire",
                                               "North East Lincolnshire", "North Lincolnshire", "Rotherham",
                                               "Tameside", "Telford and Wrekin")),
}  # fmt: skip

# The NHS providers of an area's children, by NHS organisation code, and how its own extracts call them.
PROVIDERS = {"Stoke-on-Trent": ("RRE=MPFT", "RLY=NSCHT"), "Wakefield": ("RXF=MYTT", "RXG=SWYPFT")}


class BadSetting(Exception):
    """A setting that cannot be used; its text is one sentence for the person who set it."""


def _listed(value: object) -> object:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value


def _rounding(value: int) -> int:
    if value not in (0, BASE):
        raise PydanticCustomError("rounding", f"counts are rounded to {BASE}, or not at all with 0")
    return value


class Settings(BaseSettings):
    """What can be set. The names are part of the contract."""

    model_config = SettingsConfigDict(env_prefix="SENDVIZ_", extra="ignore", env_ignore_empty=True, frozen=True)

    database_url: str = "sqlite:///data/sendviz.db"
    reader_url: str = ""
    data_dir: Path = Path("data")
    area: str = "Stoke-on-Trent"
    region: str = ""
    neighbours: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)] = ()
    health_providers: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)] = ()
    withhold_below: int = Field(default=5, ge=1, le=20)
    rounding: Annotated[int, AfterValidator(_rounding)] = 0
    sample: bool = True
    access: Path = Path("access.toml")
    max_upload_mb: int = Field(default=50, ge=1, le=2000)
    reading_mb: int = Field(default=500, ge=200, le=64_000)
    reading_seconds: int = Field(default=300, ge=5, le=86_400)

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource, dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:  # fmt: skip
        """What is passed wins over the environment, and the environment over the secrets file."""
        return init_settings, env_settings, lambda: _secrets()  # type: ignore[return-value]

    def environment(self) -> dict[str, str]:
        """These settings as another process of ours takes them."""
        values = {name: ";".join(value) if isinstance(value, tuple) else str(value) for name, value in self}
        return {f"SENDVIZ_{name.upper()}": value for name, value in values.items() if value}

    @property
    def compared_region(self) -> str:
        """The region to compare with."""
        return self.region or PLACES.get(self.area, ("", ()))[0]

    @property
    def compared_neighbours(self) -> tuple[str, ...]:
        """The statistical neighbours to compare with."""
        return self.neighbours or PLACES.get(self.area, ("", ()))[1]

    @property
    def own_providers(self) -> dict[str, str]:
        """The name of each NHS provider to keep, by its organisation code; "" where its own name will do."""
        named = (item.partition("=") for item in self.health_providers or PROVIDERS.get(self.area, ()))
        return {code.strip().upper(): name.strip() for code, _, name in named}


def _secrets() -> dict[str, object]:
    return tomllib.loads(SECRETS.read_text()).get("sendviz", {}) if SECRETS.exists() else {}


def person() -> str:
    """Who is at this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in containers
        return "somebody"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings in force; BadSetting with one sentence when one cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise BadSetting(f"SENDVIZ_{name} is {first['input']!r}: {first['msg'].lower()}.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{SECRETS} cannot be read: {error}.") from None
