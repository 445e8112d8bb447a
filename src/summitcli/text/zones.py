"""Suggestions of time zones for abbreviations, offsets and other names that people give them."""

import re
from collections.abc import Collection

from summitcli.text.folding import fold
from summitcli.text.suggest import MAX_SUGGESTIONS, nearest

ABBREVIATIONS = """
ACST ACDT: Australia/Adelaide Australia/Darwin
ADT: America/Halifax
AEDT: Australia/Sydney Australia/Melbourne
AEST: Australia/Sydney Australia/Brisbane
AKDT AKST: America/Anchorage
ART: America/Argentina/Buenos_Aires
AST: America/Halifax America/Puerto_Rico Asia/Riyadh
AWST: Australia/Perth
BRT: America/Sao_Paulo
BST: Europe/London Asia/Dhaka
CAT: Africa/Maputo
CDT: America/Chicago America/Havana
CEST MESZ MEZ: Europe/Berlin Europe/Paris Europe/Madrid
CLT CLST: America/Santiago
CST: Asia/Shanghai Asia/Taipei America/Chicago
EAT: Africa/Nairobi
EDT: America/New_York America/Toronto
EEST OEZ OESZ: Europe/Athens Europe/Helsinki Europe/Kyiv
GST: Asia/Dubai
HKT: Asia/Hong_Kong
ICT: Asia/Bangkok Asia/Ho_Chi_Minh
IDT: Asia/Jerusalem
IST: Asia/Kolkata Europe/Dublin Asia/Jerusalem
JST: Asia/Tokyo
KST: Asia/Seoul
MDT: America/Denver
MSK: Europe/Moscow
MYT: Asia/Kuala_Lumpur
NDT NST: America/St_Johns
NPT: Asia/Kathmandu
NZDT NZST: Pacific/Auckland
PDT: America/Los_Angeles America/Vancouver
PHT: Asia/Manila
PKT: Asia/Karachi
PST: America/Los_Angeles America/Vancouver Asia/Manila
SAST: Africa/Johannesburg
SGT: Asia/Singapore
TRT: Europe/Istanbul
UYT: America/Montevideo
WAT: Africa/Lagos
WEST WESZ: Europe/Lisbon
WIB: Asia/Jakarta
Beijing 北京 北京时间 中国标准时间: Asia/Shanghai
台北时间: Asia/Taipei
香港时间: Asia/Hong_Kong
东京时间: Asia/Tokyo
"""
"""The time zones that are probably meant by names that are not in the IANA database.

A line has such names, a colon and the time zones, the likeliest first.
"""

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])0?(\d{1,2})(?::?00)?", re.IGNORECASE)


def suggested_zones(text: str, known: Collection[str]) -> list[str]:
    """Return the time zones that a text may mean, the likeliest first.

    Args:
        text: the name as typed, such as ``CST``, ``UTC+8`` or ``Berlin``.
        known: the names of all zones.
    """
    wanted = fold(text.strip())
    for line in ABBREVIATIONS.strip().splitlines():
        names, _colon, zones = line.partition(":")
        if wanted in fold(names).split():
            return [zone for zone in zones.split() if zone in known]
    if offset := _OFFSET.fullmatch(text.strip()):
        # The signs of these names are those of POSIX: behind Greenwich is positive.
        name = f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}"
        return [name] if name in known else []
    return nearest(text, sorted(known), MAX_SUGGESTIONS)
