"""What a reader on a slow telephone has to wait for: bytes and requests, which are the same on every machine."""

import pytest
from playwright.sync_api import Browser

from tests.audit.weights import LIMIT, exceeds, weigh

pytestmark = pytest.mark.browser

POST = "2018/06/trade-unions-as-actors-for-development.html"


def test_the_first_view_of_a_post_is_light(browser: Browser, site: str) -> None:
    weight = weigh(browser, site + POST)
    assert not exceeds(weight), f"{weight}; the limit is {LIMIT}: {weight.requests}"
    assert weight.blocking > 10_000, "the style sheets were counted"


@pytest.mark.parametrize("address", ["", "countries/bangladesh/", POST, "search/"])
def test_a_first_view_asks_no_other_host(browser: Browser, site: str, address: str) -> None:
    assert len(weigh(browser, site + address).hosts) == 1
