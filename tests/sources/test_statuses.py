"""The reasons why a server can't be used, in both languages."""

from ssl import SSLCertVerificationError

import pytest

from summitcli.i18n import using_language
from summitcli.sources.statuses import describe_certificate, describe_status, refused_by_proxy


def untrusted(code: int, message: str) -> SSLCertVerificationError:
    """Return the error for a certificate, as :mod:`ssl` raises it."""
    error = SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    error.verify_message = message
    return error


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        (400, "bad request (400)", "请求无效 (400)"),
        (404, "not found (404)", "未找到 (404)"),
        (451, "unavailable for legal reasons (451)", "因法律原因无法提供 (451)"),
        (503, "server error; try again later (503)", "服务器错误；请稍后再试 (503)"),
        (418, "I'm a Teapot (418)", "I'm a Teapot (418)"),
        (299, "(299)", "(299)"),
    ],
)
def test_a_status_is_described_in_both_languages(code: int, english: str, chinese: str) -> None:
    assert describe_status(code) == english
    with using_language("zh"):
        assert describe_status(code) == chinese


@pytest.mark.parametrize(
    ("code", "message", "english", "chinese"),
    [
        (10, "certificate has expired", "expired", "已过期"),
        (18, "self-signed certificate", "self-signed", "自签名证书"),
        (20, "unable to get local issuer certificate", "unknown issuer", "签发者未知"),
        (62, "Hostname mismatch", "issued for another host name", "证书属于其他主机名"),
        (79, "invalid CA certificate", "invalid CA certificate", "invalid CA certificate"),
    ],
)
def test_a_certificate_is_described_in_both_languages(
    code: int, message: str, english: str, chinese: str
) -> None:
    assert describe_certificate(untrusted(code, message)) == english
    with using_language("zh"):
        assert describe_certificate(untrusted(code, message)) == chinese


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            "407 Proxy Authentication Required",
            "the proxy set in an environment variable requires a login (407)",
        ),
        ("403 Forbidden", "the proxy set in an environment variable refused the connection (403)"),
        ("", "the proxy set in an environment variable refused the connection"),
    ],
)
def test_a_proxy_that_refuses_gives_its_status_if_it_has_one(answer: str, reason: str) -> None:
    assert refused_by_proxy(answer) == reason
