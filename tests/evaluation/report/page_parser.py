"""A page as what a browser makes of it, as far as tests look at it."""

import html.parser


class PageParser(html.parser.HTMLParser):
    """Collects elements with their attributes, and the text.

    Args:
        page: str, the HTML.
    """

    def __init__(self, page):
        super().__init__()
        self.elements = []
        self.words = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]
