"""The environment of the process."""

from pathlib import Path

import pytest

from summitcli.cli.terminal.environment import system_time_zone


@pytest.mark.parametrize(
    ("named", "target", "zone"),
    [
        ("Europe/Berlin", None, "Europe/Berlin"),
        (":America/Argentina/Salta", None, "America/Argentina/Salta"),
        ("UTC", "/usr/share/zoneinfo/Asia/Tokyo", "UTC"),
        ("CET-1CEST", None, None),
        ("", "/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("", "../usr/share/zoneinfo/UTC", "UTC"),
        ("", "/etc/nowhere", None),
        ("", None, None),
    ],
)
def test_the_time_zone_of_the_computer(
    tmp_path: Path, named: str, target: str | None, zone: str | None
) -> None:
    place = tmp_path / "localtime"
    if target:
        place.symlink_to(target)
    assert system_time_zone({"TZ": named}, str(place)) == zone
