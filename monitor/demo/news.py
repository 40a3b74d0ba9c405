"""The demo's local papers and newsroom: stories of stories.yaml as RSS feeds, a list, and pages of articles, as such sites publish them."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path

import yaml

from monitor.demo.story import NEWSROOM, OUTLET, SECOND_OUTLET

OUTLETS = {"news": OUTLET, "courier": SECOND_OUTLET, "council": NEWSROOM}
NEWSLETTER = '<aside class="newsletter"><p>Sign up to our daily newsletter</p></aside>'
MOST_READ = '<section class="related"><h2>Most read</h2><ul><li><a href="/news/">Seven walks with a view</a></li></ul></section>'


@dataclass(frozen=True, slots=True)
class Story:
    """One article: `feed` is its paper's folder, `text` one paragraph a line."""

    feed: str
    slug: str
    published: datetime
    headline: str
    summary: str
    author: str
    text: str

    @property
    def path(self) -> str:
        """Its path on the demo's site."""
        return f"/{self.feed}/{self.slug}/"

    @property
    def paragraphs(self) -> list[str]:
        """Its text, a paragraph each."""
        return self.text.strip().splitlines()


@cache
def stories() -> tuple[Story, ...]:
    """All stories, newest first."""
    rows = yaml.safe_load(Path(__file__).with_name("stories.yaml").read_text(encoding="utf-8"))
    return tuple(sorted((Story(**row) for row in rows), key=lambda story: story.published, reverse=True))


def out_by(today: date) -> list[Story]:
    """The stories published up to the end of that day, newest first."""
    return [story for story in stories() if story.published.date() <= today]


def feed_page(feed: str, today: date, origin: str) -> str:
    """The paper's RSS feed; its links carry the tracking parameter that such feeds carry."""
    items = "".join(_feed_item(story, origin) for story in out_by(today) if story.feed == feed)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(OUTLETS[feed])} | News</title><link>{origin}/{feed}/</link>"
        f"<description>Local news</description>{items}</channel></rss>"
    )


def _feed_item(story: Story, origin: str) -> str:
    address = f"{origin}{story.path}"
    return (
        f"<item><title>{escape(story.headline)}</title><link>{address}?ref=rss</link>"
        f'<guid isPermaLink="true">{address}</guid><description>{escape(story.summary)}</description>'
        f"<pubDate>{format_datetime(story.published)}</pubDate></item>"
    )


def newsroom_page(today: date) -> str:
    """The council's list of stories, with what leads around its site."""
    cards = "".join(
        f'<li class="card"><h2><a href="{story.path}">{escape(story.headline)}</a></h2>'
        f'<time datetime="{story.published.isoformat()}">{story.published:%d %B %Y}</time><p>{escape(story.summary)}</p></li>'
        for story in out_by(today)
        if story.feed == "council"
    )
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>News | Westmarch County Council</title></head>
<body><header><nav><a href="/council/tax">Pay your council tax</a> <a href="/council/bins">Find out your bin day</a>
<a href="/council/schools">Apply for a school place</a></nav></header>
<main><h1>News</h1><ul class="cards">{cards}</ul></main>
<footer><a href="/council/accessibility">Accessibility of this website</a></footer></body></html>
"""


def article_page(story: Story, origin: str) -> str:
    """The article with what papers put around it; the first paper gives the text in its JSON-LD too, the second does not."""
    title, outlet = escape(story.headline), escape(OUTLETS[story.feed])
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    when = story.published.isoformat()
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title} | {outlet}</title>
<meta name="description" content="{escape(story.summary)}">
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="{when}">
<link rel="canonical" href="{origin}{story.path}">
<script type="application/ld+json">{_json_ld(story)}</script></head>
<body><nav><a href="/{story.feed}/">News</a> <a href="/{story.feed}/sport/">Sport</a></nav>{NEWSLETTER}
<article><h1>{title}</h1><p class="byline">By {escape(story.author)}</p>
<time datetime="{when}">{story.published:%d %B %Y}</time>
<div class="article-body" itemprop="articleBody">{body}</div></article>{MOST_READ}
<footer>Comments are subject to our community rules.</footer></body></html>
"""


def _json_ld(story: Story) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": story.published.isoformat(),
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "Organization", "name": OUTLETS[story.feed]},
        "description": story.summary,
    }
    if story.feed == "news":
        facts["articleBody"] = "\n".join(story.paragraphs)
    return json.dumps(facts).replace("</", "<\\/")
