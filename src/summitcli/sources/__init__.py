"""The places that a schedule's bytes come from: files and the web. :mod:`summitcli.formats` parses them."""
