"""Finding the time zone of a country, a city or an address, if these leave no doubt.

The tables list large cities, and countries with a single time zone. A city is ignored if the address names
another region, as in "Paris, Texas".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from summitcli.formats.assembly import prose

_MAX_PARTS = 12
"""The number of parts of an address that are read; further parts are ignored."""
_MAX_CHARACTERS = 300
"""The length, in characters, above which an address is ignored."""
_MAX_PLACES = 2_000
"""The number of different places of events that are read; further places are ignored."""

_SEPARATORS = re.compile(r"[,，、;\n()/|]|\s[-–—]\s")
_NUMBER = re.compile(r"\b[\w-]*\d[\w-]*\b")
"""The pattern of a word with a digit, such as a postal code or a house number."""

_COUNTRIES = {
    "Europe/Vienna": "austria|österreich|autriche|奥地利",
    "Europe/Brussels": "belgium|belgië|belgique|belgien|比利时",
    "Europe/Sofia": "bulgaria",
    "Asia/Shanghai": "china|中国|pr china|people's republic of china|中华人民共和国",
    "Europe/Zagreb": "croatia|hrvatska",
    "Europe/Prague": "czech republic|czechia|česko|česká republika|tschechien",
    "Europe/Copenhagen": "denmark|danmark|dänemark",
    "Africa/Cairo": "egypt",
    "Europe/Tallinn": "estonia|eesti",
    "Europe/Helsinki": "finland|suomi|finnland",
    "Europe/Paris": "france|frankreich|法国",
    "Europe/Berlin": "germany|deutschland|allemagne|德国",
    "Europe/Athens": "greece|griechenland",
    "Asia/Hong_Kong": "hong kong|香港",
    "Europe/Budapest": "hungary|magyarország|ungarn",
    "Atlantic/Reykjavik": "iceland|ísland",
    "Asia/Kolkata": "india|bharat|印度",
    "Europe/Dublin": "ireland|éire|irland",
    "Asia/Jerusalem": "israel",
    "Europe/Rome": "italy|italia|italien|italie|意大利",
    "Asia/Tokyo": "japan|日本",
    "Africa/Nairobi": "kenya",
    "Asia/Seoul": "south korea|korea|republic of korea|대한민국|韩国",
    "Europe/Riga": "latvia",
    "Europe/Vilnius": "lithuania",
    "Europe/Luxembourg": "luxembourg|luxemburg",
    "Asia/Kathmandu": "nepal",
    "Europe/Amsterdam": "the netherlands|netherlands|nederland|niederlande|荷兰",
    "Africa/Lagos": "nigeria",
    "Europe/Oslo": "norway|norge|norwegen",
    "Asia/Karachi": "pakistan",
    "Asia/Manila": "philippines",
    "Europe/Warsaw": "poland|polska|polen",
    "Europe/Bucharest": "romania",
    "Europe/Belgrade": "serbia",
    "Asia/Singapore": "singapore|新加坡",
    "Europe/Bratislava": "slovakia|slovensko",
    "Europe/Ljubljana": "slovenia|slovenija",
    "Africa/Johannesburg": "south africa",
    "Asia/Colombo": "sri lanka",
    "Europe/Stockholm": "sweden|sverige|schweden",
    "Europe/Zurich": "switzerland|schweiz|suisse|svizzera|瑞士",
    "Asia/Taipei": "taiwan|台湾|臺灣",
    "Asia/Bangkok": "thailand",
    "Africa/Tunis": "tunisia",
    "Europe/Istanbul": "turkey|türkiye",
    "Asia/Dubai": "united arab emirates|uae",
    "Europe/London": "united kingdom|uk|great britain|england|scotland|wales|英国",
    "Asia/Ho_Chi_Minh": "vietnam|viet nam",
}  # fmt: skip
"""The names of countries with a single time zone (remote islands aside), by time zone."""

_USA = "usa|us|u.s.a.|united states|united states of america|"
_REGIONS = {
    "America/Argentina/Buenos_Aires": "argentina",
    "America/Chicago": _USA + "illinois|il|texas|tx|minnesota|mn",
    "America/Denver": _USA + "colorado|co|utah|ut",
    "America/Los_Angeles": _USA + "california|ca|washington|wa",
    "America/Mexico_City": "mexico|méxico",
    "America/New_York": _USA + "new york|ny|massachusetts|ma|pennsylvania|pa|georgia|ga",
    "America/Sao_Paulo": "brazil|brasil",
    "America/Toronto": "canada|ontario|on|quebec|québec|qc",
    "America/Vancouver": "canada|british columbia|bc",
    "Australia/Melbourne": "australia|victoria|vic",
    "Australia/Sydney": "australia|new south wales|nsw|act",
    "Europe/Kyiv": "ukraine",
    "Europe/Lisbon": "portugal",
    "Europe/Madrid": "spain|españa|spanien",
    "Europe/Moscow": "russia",
    "Pacific/Auckland": "new zealand|aotearoa|nz",
}
"""The names of states, and of countries with several time zones, that may follow a city in its address.

They are listed by the time zone of the cities in :data:`_CITIES`: "Chicago, Illinois", for example.
"""
_OTHER_REGIONS = (
    "alabama|alaska|alberta|arizona|chile|connecticut|florida|hawaii|idaho|indiana|indonesia|iowa|kansas|"
    "kazakhstan|kentucky|louisiana|maine|manitoba|maryland|michigan|missouri|mississippi|montana|nebraska|"
    "nevada|new brunswick|new hampshire|new jersey|new mexico|north carolina|north dakota|nova scotia|ohio|"
    "oklahoma|oregon|queensland|rhode island|saskatchewan|south australia|south carolina|south dakota|"
    "tasmania|tennessee|vermont|virginia|west virginia|western australia|wisconsin|wyoming"
)
"""Regions that have none of the cities of :data:`_CITIES`, but have other cities with the same names."""
_CITIES = {
    "Europe/Amsterdam": "amsterdam|rotterdam|utrecht|den haag|eindhoven",
    "Europe/Athens": "athina",
    "Europe/Berlin": "berlin|hamburg|münchen|munich|köln|cologne|leipzig|dresden|frankfurt am main|stuttgart|"
                     "nürnberg|nuremberg|düsseldorf|hannover|karlsruhe|柏林",
    "Europe/Brussels": "brussels|bruxelles|brussel|antwerpen|antwerp|ghent|gent|布鲁塞尔",
    "Europe/Budapest": "budapest",
    "Europe/Copenhagen": "copenhagen|københavn|aarhus",
    "Europe/Helsinki": "helsinki|tampere",
    "Europe/Istanbul": "istanbul|ankara",
    "Europe/Ljubljana": "ljubljana",
    "Europe/Oslo": "oslo|bergen|trondheim",
    "Europe/Prague": "prague|praha|brno",
    "Europe/Rome": "rome|roma|milan|milano|torino|bologna",
    "Europe/Paris": "paris|lyon|marseille|toulouse|strasbourg|grenoble|巴黎",
    "Europe/London": "london|manchester|edinburgh|glasgow|伦敦",
    "Europe/Dublin": "dublin",
    "Europe/Stockholm": "stockholm|göteborg|gothenburg|malmö",
    "Europe/Vienna": "vienna|wien|graz|linz",
    "Europe/Warsaw": "warsaw|warszawa|kraków|krakow|wrocław|gdańsk",
    "Europe/Zurich": "zürich|zurich|genève|geneva|lausanne|basel|bern",
    "Asia/Bangkok": "bangkok",
    "Asia/Dubai": "dubai",
    "Asia/Hong_Kong": "hong kong|香港",
    "Asia/Jerusalem": "tel aviv|jerusalem|haifa",
    "Asia/Kolkata": "bengaluru|bangalore|mumbai|delhi|new delhi|chennai|hyderabad|kolkata|pune|kochi",
    "Asia/Seoul": "seoul|서울|busan",
    "Asia/Shanghai": "beijing|北京|北京市|shanghai|上海|上海市|shenzhen|深圳|深圳市|guangzhou|广州|广州市|"
                     "hangzhou|杭州|杭州市|chengdu|成都|成都市|fuzhou|福州|福州市|nanjing|南京|南京市|wuhan|武汉|武汉市",
    "Asia/Singapore": "singapore",
    "Asia/Taipei": "taipei|台北|臺北|台北市|臺北市|新北市|hsinchu|kaohsiung",
    "Asia/Tokyo": "tokyo|東京|東京都|kyoto|京都|osaka|大阪|yokohama",
    "America/Argentina/Buenos_Aires": "buenos aires",
    "America/Chicago": "chicago|austin|dallas|houston|minneapolis",
    "America/Denver": "denver|salt lake city",
    "America/Los_Angeles": "los angeles|san francisco|san diego|seattle",
    "America/Mexico_City": "mexico city|ciudad de méxico",
    "America/New_York": "new york|new york city|boston|philadelphia|pittsburgh|atlanta|washington dc|"
                        "washington d.c.",
    "America/Sao_Paulo": "são paulo|sao paulo|rio de janeiro|curitiba|porto alegre",
    "America/Toronto": "toronto|ottawa|montréal|montreal",
    "America/Vancouver": "vancouver",
    "Australia/Melbourne": "melbourne",
    "Australia/Sydney": "sydney|canberra",
    "Europe/Kyiv": "kyiv|lviv",
    "Europe/Lisbon": "lisbon|lisboa",
    "Europe/Madrid": "madrid|barcelona|sevilla|bilbao|zaragoza",
    "Europe/Moscow": "moscow|москва|saint petersburg|санкт-петербург",
    "Pacific/Auckland": "auckland|wellington|christchurch",
}  # fmt: skip
"""The names of large cities, by time zone."""


class PlaceZone(NamedTuple):
    """The name of a time zone and the place from which it was found, such as ``("Europe/Paris", "Lyon")``."""

    zone: str
    place: str


def _by_name(table: Mapping[str, str]) -> dict[str, str]:
    """Return ``{"seoul": "Asia/Seoul", …}`` for a table such as ``{"Asia/Seoul": "seoul|busan", …}``."""
    return {name: zone for zone, names in table.items() for name in names.split("|")}


_COUNTRY_NAMES = _by_name(_COUNTRIES)
_ZONES_BY_NAME = _by_name(_CITIES) | _COUNTRY_NAMES
_REGIONS_BY_ZONE = {zone: frozenset(names.split("|")) for zone, names in _REGIONS.items()}
_ALL_REGIONS = frozenset(_OTHER_REGIONS.split("|")).union(*_REGIONS_BY_ZONE.values())
"""The names of all regions in the tables: states, and countries with several time zones."""


def zone_of_conference(places: Iterable[str]) -> PlaceZone | None:
    """Return the time zone of the first place whose zone is known: an address, a city or a country."""
    return next(filter(None, map(_zone_of_text, places)), None)


def zone_of_events(places: Iterable[str]) -> PlaceZone | None:
    """Return the time zone of the places of events; None if it is unknown, or if they have several.

    Only addresses are read: places with several parts, of which one is a country or a state, or has a digit,
    such as a postal code. A city alone is ignored, since it may be a room named after the city.
    """
    addresses = islice(dict.fromkeys(places), _MAX_PLACES)
    found = [place for place in map(_zone_of_address, addresses) if place]
    return found[0] if len({place.zone for place in found}) == 1 else None


def _zone_of_address(text: str) -> PlaceZone | None:
    parts = {part.casefold() for part in _parts(text)}
    regions = parts & (_ALL_REGIONS | _COUNTRY_NAMES.keys())
    return _zone_of_text(text) if len(parts) > 1 and (regions or _NUMBER.search(text)) else None


def _zone_of_text(text: str) -> PlaceZone | None:
    """Return the time zone of an address; None if its parts belong to no known zone, or to different ones."""
    parts = [*_parts(text)]
    known = {zone: part for part in reversed(parts) if (zone := _ZONES_BY_NAME.get(part.casefold()))}
    if len(known) != 1:
        return None
    ((zone, place),) = known.items()
    regions = {part.casefold() for part in parts} & _ALL_REGIONS - {place.casefold()}
    return PlaceZone(zone, place) if regions <= _REGIONS_BY_ZONE.get(zone, frozenset()) else None


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of an address between its commas, such as the city, without numbers."""
    if len(text) <= _MAX_CHARACTERS:
        for part in _SEPARATORS.split(prose.line(text.replace("\n", ",")))[:_MAX_PARTS]:
            yield from filter(None, [" ".join(_NUMBER.sub(" ", part).split())])
