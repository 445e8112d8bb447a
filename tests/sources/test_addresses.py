import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.errors import UsageError
from summitcli.sources.addresses import http_url, is_url, requested, without_password
from tests.limits import in_proportion


@pytest.mark.parametrize("reference", ["http://h", "HTTPS://h/x", "webcal://h/x.ics", "webcals://h"])
def test_a_url_is_recognised(reference: str) -> None:
    assert is_url(reference)


@pytest.mark.parametrize("reference", ["conf", "./http", "C:\\s.json", "http:/x", "-", "a/http://x", ""])
def test_a_file_is_not_a_url(reference: str) -> None:
    assert not is_url(reference)


@pytest.mark.parametrize("reference", ["ftp://u:p@h/s.json", "file:///etc/passwd", "git+ssh://h", "s3://b"])
def test_a_url_with_an_unsupported_scheme_is_refused(reference: str) -> None:
    with pytest.raises(UsageError) as caught:
        is_url(reference)
    assert (
        str(caught.value)
        == f"can't download {without_password(reference)}: only https and http URLs are supported"
    )


def test_a_webcal_url_means_https() -> None:
    written = ["webcal://h/x", "WebCals://H/x", "HTTP://h/x#y", "https://u:p@h"]
    assert [http_url(one) for one in written] == [
        "https://h/x",
        "https://H/x",
        "http://h/x#y",
        "https://u:p@h",
    ]


def test_only_a_webcal_url_is_requested_as_another() -> None:
    written = ["webcal://h/x", "WebCals://H/x", "HTTP://h/x", "-", "/a/b.ics", "conf"]
    assert [requested(one) for one in written] == ["https://h/x", "https://H/x", *written[2:]]


SHOWN = {
    "https://u:p@h/a": "https://u:***@h/a",
    "https://u:p@q@h/a?x=@b": "https://u:***@h/a?x=@b",
    "https://token@h/": "https://***@h/",
    "https://u:@h/": "https://u:***@h/",
    "https://u:1234@h/@me": "https://u:***@h/@me",
    "https://u:p/q#r?s@h/x": "https://u:***@h/x",
    "https://h/@me": "https://h/@me",
    "https://h:80/@me": "https://h:80/@me",
    "https://[::1]:80/@x": "https://[::1]:80/@x",
    "conf": "conf",
    "a@b": "a@b",
}


@pytest.mark.parametrize("reference", SHOWN)
def test_a_url_is_shown_without_its_password(reference: str) -> None:
    assert without_password(reference) == SHOWN[reference]


@given(st.text(st.characters(codec="ascii", exclude_characters="*0123456789"), min_size=4))
def test_no_password_is_shown_whatever_is_in_it(password: str) -> None:
    assert f":{password}@" not in without_password(f"https://me:{password}@host.example/x")


@pytest.mark.parametrize(
    "piece", ["x", "x:", "://", "://a:", "://a:1", "://a:1/", "@", ":@", "a@://", "://[", "x://y:z/", "1"]
)
@pytest.mark.parametrize("end", ["", "@", "@x", ":"])
@in_proportion()
def test_a_url_of_any_length_is_shown_in_moments(piece: str, end: str) -> None:
    for beginning in ("http://", "@http://", "", "x@"):
        without_password(beginning + piece * 100_000 + end)
