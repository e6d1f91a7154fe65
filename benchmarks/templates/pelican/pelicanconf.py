"""Pelican's settings: pages of ten for the index and each tag, a feed for the site and each tag, a sitemap."""

SITENAME = "Benchmark"
SITEURL = "https://chautari.example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["posts"]
STATIC_PATHS = ["images"]
PLUGINS = ["pelican.plugins.sitemap"]
SITEMAP = {"format": "xml"}

ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
TAG_URL = "labels/{slug}/"
TAG_SAVE_AS = "labels/{slug}/index.html"
DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
DIRECT_TEMPLATES = ["index", "tags"]
# Countries and themes are tags; the other kinds of list are no part of the work.
CATEGORY_SAVE_AS = ""
AUTHOR_SAVE_AS = ""

FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_RSS = "index.xml"
TAG_FEED_RSS = "labels/{slug}/index.xml"
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
