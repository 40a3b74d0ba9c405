"""robots.txt as it is understood: without a network."""

from scraper.crawling.robots import Rules


def test_robots_rules() -> None:
    rules = Rules("User-agent: *\nCrawl-delay: 10\nDisallow: /search\n")
    assert (
        rules.delay == 10
        and rules.allow("https://a.example/provider/1")
        and not rules.allow("https://a.example/search?q=")
    )
    assert Rules().delay == 0 and Rules().allow("https://a.example/x")
    named = Rules("User-agent: ofsted-watch\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert not named.allow("https://a.example/x")
