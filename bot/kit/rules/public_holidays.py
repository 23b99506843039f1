"""Which days are public holidays, and for which people: somebody's country is that of their time zone.

A place is a country, as in "FR", or a region of one, as in "CA-QC".
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from babel.core import get_global

NO_COUNTRY = frozenset({"001", "ZZ"})
"""What Unicode's data says of a zone that no country keeps, such as UTC."""


def is_public_holiday(day: date, time_zone: str, places: tuple[str, ...]) -> bool:
    """Whether somebody in this time zone has a holiday in one of the places.

    People of a country that is none of the places work on that day. Where a zone tells no country, all places count.

    >>> first_of_may = date(2026, 5, 1)
    >>> [is_public_holiday(first_of_may, zone, ("FR",)) for zone in ("Europe/Paris", "Asia/Tokyo", "UTC")]
    [True, False, True]
    """
    if not places:
        return False
    country = country_of(time_zone)
    return any(
        day in _days_off(place, day.year)
        for place in places
        if country is None or place.partition("-")[0] == country
    )


@cache
def country_of(time_zone: str) -> str | None:
    """Return the country that keeps a time zone; None where none is known.

    >>> country_of("America/Montreal"), country_of("Asia/Calcutta"), country_of("UTC")
    ('CA', 'IN', None)
    """
    zones: Mapping[str, str] = get_global("zone_territories")
    older: Mapping[str, str] = get_global("zone_aliases")
    found = zones.get(time_zone) or zones.get(older.get(time_zone, ""))
    return None if found in NO_COUNTRY else found


@cache
def regions_by_country() -> Mapping[str, tuple[str, ...]]:
    """Return every country whose holidays are known, with the codes of its regions."""
    import holidays  # noqa: PLC0415 - it takes a while, and most workspaces never need it

    return {
        country: tuple(regions)
        for country, regions in sorted(holidays.list_supported_countries(include_aliases=False).items())
    }


def known_place(written: str) -> str | None:
    """Return a place as it is stored, from how somebody wrote it; None where there is none.

    >>> known_place("fr"), known_place(" ca-qc"), known_place("FR-XX"), known_place("France")
    ('FR', 'CA-QC', None, None)
    """
    country, dash, region = written.strip().upper().partition("-")
    regions = {one.upper(): one for one in regions_by_country().get(country, ())}
    if not dash:
        return country if country in regions_by_country() else None
    return f"{country}-{regions[region]}" if region in regions else None


@lru_cache(maxsize=1024)
def _days_off(place: str, year: int) -> frozenset[date]:
    """Return the holidays of a place; none where a later release stored what this one does not know."""
    import holidays  # noqa: PLC0415 - as above

    country, _, region = place.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return frozenset()
