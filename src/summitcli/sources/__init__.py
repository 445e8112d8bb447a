"""Where bytes come from; what they mean is the business of :mod:`summitcli.formats`."""
