"""The origins of a schedule's bytes: files and the web. :mod:`summitcli.formats` parses them."""
