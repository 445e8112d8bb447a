"""Objects as text."""

from summitcli.exports import objects
from summitcli.rows import NameRow


def test_an_object_as_paths_and_values() -> None:
    value = {"a": {"zh": "甲"}, "b": [1, {"c": "x\ty"}], "d": None, "e": True, "f": NameRow("n", 2)}
    assert "".join(
        objects.tsv(value)
    ) == "a.zh\t甲\nb.0\t1\nb.1.c\tx\\ty\ne\ttrue\nf.name\tn\nf.sessions\t2\n".replace("True", "true")
