"""Rows as a Markdown table."""

from tests.exports.row_samples import TIMED, written


def test_markdown_is_escaped() -> None:
    row = TIMED._replace(title=r"a|b *c* _d_ `e` <f> [g](h) \i ~~j~~ &lt;", category="x\ny")
    assert written("md", [row], ("title", "category")) == (
        "| title | category |\n| --- | --- |\n"
        r"| a\|b \*c\* \_d\_ \`e\` \<f\> \[g\](h) \\i \~\~j\~\~ \&lt; | x\\ny |"
        "\n"
    )
