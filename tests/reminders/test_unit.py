"""The systemd user unit."""

from summitcli.reminders.unit import NAME, unit


def test_words_are_quoted_as_systemd_reads_them() -> None:
    assert NAME == "summit-remind.service"
    assert unit(
        ["/usr/bin/python", "-m", "a b\nc", '--run=say "{title}" 100% $HOME \\'], {"DATA": "/a b"}
    ) == (
        "# Written by `summit remind --install`.\n"
        "[Unit]\nDescription=Reminders of sessions\n\n"
        '[Service]\nEnvironment="DATA=/a b"\n'
        'ExecStart="/usr/bin/python" "-m" "a b\\nc" "--run=say \\"{title}\\" 100%% $$HOME \\\\"\n'
        "Restart=always\nRestartSec=10min\n\n[Install]\nWantedBy=default.target\n"
    )
