"""The page of a site about the conference: its place, organisers, figures and other facts."""

from __future__ import annotations

from collections.abc import Mapping

from summitcli.exports.facts import fact_pairs, figure_year
from summitcli.exports.web_urls import is_web_url
from summitcli.lazy_typing import Any
from summitcli.site.rendering import Here, render
from summitcli.sources.addresses import without_password


def about(here: Here, titles: Mapping[str, str], facts: Mapping[str, Any], frame: Mapping[str, Any]) -> bytes:
    """Return the page about the conference.

    Args:
        here: the page.
        titles: the title of the site by language.
        facts: the fields of :class:`summitcli.model.Conference`. Texts are mappings by language, such as
            ``{"en": "…", "zh": "…"}``.
        frame: the values that are the same on all pages, such as the title of the site.
    """

    def name(texts: Mapping[str, str]) -> str:
        return here.text(texts).text

    url = without_password(facts["url"]) if is_web_url(facts["url"]) else None
    pairs = fact_pairs({**facts, "url": None}, name)
    topics = [
        {"title": here.text(topic["title"]), "statements": [here.text(text) for text in topic["statements"]]}
        for topic in facts["topics"]
        if topic["statements"]
    ]
    notes = [
        here.text(translation["note"])
        for translation in facts["translations"]
        if translation["note"] and not translation["official"] and translation["language"] == here.language
    ]
    theme = here.text(facts["theme"] or {})
    return render(
        here,
        "about.html",
        **{**frame, "notes": [*frame["notes"], *notes]},
        heading=here.text(titles, others=True),
        theme=theme if theme.text else None,
        facts=[(label, text.split("\n")) for label, text in pairs if text],
        url=url,
        figures=[
            (name(figure["label"]) + figure_year(figure), name(figure["text"])) for figure in facts["figures"]
        ],
        topics=topics,
    )
