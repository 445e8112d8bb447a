"""The classification of hosts as public or in the user's own network."""

import pytest

from summitcli.sources.local_hosts import is_local_name, is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1",
        "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1",
        "64:ff9b::192.168.0.1", "64:ff9b:1::8.8.8.8", "100::1", "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1", "2002:7f00:1::1", "2002:c0a8:101::", "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:127.0.0.1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0", "2606:4700::1%1", "fec0::1", "ff02::1", "ffff::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)
    assert is_local_name(address)
    assert is_local_name(f"[{address}]")


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
        "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1", "2001:200::1", "2606:4700::1111",
        "2606:4700::5efe:8.8.8.8", "2a00:1450::1", "3ffe::1",
    ],
)  # fmt: skip
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)
    assert not is_local_name(address)
    assert not is_local_name(f"[{address}]")


@pytest.mark.parametrize("host", ["conf.example", "", "127.1", "1.2.3.4.5"])
def test_an_invalid_ip_address_raises(host: str) -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        is_public(host)


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain", "ip6-localhost",
        "wiki",
        "printer.local", "printer.LOCAL.", "metadata.google.internal", "nas.home.arpa", "",
        "127.0.0.1.", "127.1", "127.0.1", "0x7f000001", "0X7F.1", "0x7f.0.0.1", "2130706433", "017700000001",
        "0177.0.0.1", "0", "0x", "10.1", "192.168.257", "3232235777",
        "１２７.０.０.１", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "①②⑦.0.0.1", "ｌｏｃａｌｈｏｓｔ",
        "%31%32%37.0.0.1", "loc%61lhost", "%5B::1%5D", "[::1]", "::1", "[fe80::1%25eth0]", "fe80::1%25eth0",
        "conf%00.example%", " 127.0.0.1 ",
        # Nobody can say what a proxy takes these for.
        "127.0.0.0.1", "256.256.256.256", "4294967296", "0x100000000", "08.8.8.8", "conf.1", "1.2.3.0xg.9",
        "9" * 4096,
    ],
)  # fmt: skip
def test_hosts_that_are_local_by_their_text(host: str) -> None:
    assert is_local_name(host)


@pytest.mark.parametrize(
    "host",
    [
        "conf.example", "conf.example.", "localhost.example", "local.example.org", "internal.example",
        "a.b.arpa",
        "xn--bcher-kva.example", "bücher.example", "会议.中国", "134744072", "0x8080808", "8.8.8.8.",
        "8.526344",
        "1x.example", "1.2.3.4.example", "0x7f.example",
    ],
)  # fmt: skip
def test_hosts_that_are_not_local_by_their_text(host: str) -> None:
    assert not is_local_name(host)
