"""Showing an award, checking it, taking it back: as a holder, somebody who hires, and an editor do it."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from chautari import issuing
from chautari.content import collections
from chautari.loading import load
from chautari.site import Site, read_settings
from tests.build import build, copy_of_the_test_hub
from tests.hub import NOW, SITE
from tests.serving import served

pytestmark = pytest.mark.browser

VALID, OPEN, REVOKED, EXPIRED = (sign * 32 for sign in "abcd")
LONG = "Social dialogue for solutions: mechanisms and strategies to guarantee workers' voices in Asia and the Pacific"
PUBLIC = "https://hub.example.org/sub/credentials/awards/"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test hub, whose credential has words as long as the longest of the network, and its awards."""
    credential = (SITE / "content/credentials/complete.md").read_text("utf-8")
    credential = credential.replace("A credential with every field", json.dumps(LONG))
    credential = credential.replace("What it certifies", "The holder took part in a course. " * 12)
    root = tmp_path_factory.mktemp("awards") / "hub"
    copy_of_the_test_hub(root, {"content/credentials/complete.md": credential})
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def address(hub: Path) -> Iterator[str]:
    with served(hub / "site") as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a telephone, on the day of the builds, that asks no other host and complains of nothing."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.clock.set_fixed_time(NOW)
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if "//127.0.0.1" in asked.url else complaints.append(asked.url))
    yield page
    context.close()
    assert complaints == []


def check(page: Page, address: str, asked: str = "", email: str = "", file: bytes | None = None) -> str:
    """What the page that checks says, in its first words."""
    page.goto(f"{address}credentials/verify/")
    page.get_by_label("Link or number").fill(asked)
    page.get_by_label("E-mail address of the holder").fill(email)
    if file is not None:
        chosen = FilePayload(name="award.json", mimeType="application/json", buffer=file)
        page.get_by_label("the file of the award").set_input_files([chosen])
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status").locator("[data-state]")).not_to_have_attribute("data-state", "checking")
    return page.get_by_role("status").locator("strong").first.inner_text()


def assertion(hub: Path, number: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((hub / f"site/credentials/awards/{number}.json").read_bytes())
    return found


def test_from_the_award_to_its_end(tmp_path: Path, page: Page) -> None:
    root = copy_of_the_test_hub(tmp_path / "hub")
    table = tmp_path / "people.csv"
    table.write_text("name,email,consent\nMaya Gurung,maya@example.org,yes 2026-01-12\n", "utf-8")
    site = Site("Hub", "https://hub.example.org/sub/", NOW, settings=read_settings(root / "mkdocs.yml", "mkdocs.yml"))
    library = load(root, collections(), site)
    gift = issuing.prepare(library, site, "complete", dt.date(2026, 1, 12), None)
    link = issuing.give(root, library, site, gift, table).read_text("utf-8").split(",")[-1].strip()
    with served(root / "site") as address:
        here = address + link.removeprefix("https://hub.example.org/sub/")
        assert build(root).returncode == 0
        page.goto(here)
        expect(page.locator("main")).to_contain_text("This award is valid.")
        page.get_by_role("link", name="check a file, or whose award it is").click()
        expect(page.get_by_role("status")).to_contain_text("This award is valid.")
        assert check(page, address, link, "Maya@example.org") == "This award is valid."
        expect(page.get_by_role("status")).to_contain_text("It was given to the owner of this e-mail address.")
        expect(page.get_by_role("status")).to_contain_text("Maya Gurung")
        kept = (root / "site" / here.removeprefix(address).replace("/?", "")).with_suffix(".json").read_bytes()

        issuing.revoke(root, load(root, collections(), site), site, link, "Given too early.")
        assert build(root).returncode == 0
        page.goto(here)
        expect(page.locator("main")).to_contain_text("This award has been revoked.")
        expect(page.locator("main")).not_to_contain_text("Maya")
        for asked, file in ((link, None), ("", kept)):
            assert check(page, address, asked, file=file) == "This award has been revoked."
            expect(page.get_by_role("status")).to_contain_text("Given too early.")
            expect(page.get_by_role("status")).not_to_contain_text("Maya")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (VALID, "This award is valid."),
        (f"  {VALID.upper()} ", "This award is valid."),
        (f"{PUBLIC}{VALID}/", "This award is valid."),
        (f"{PUBLIC.removeprefix('https://')}{VALID}", "This award is valid."),
        (f"{PUBLIC}{OPEN}.json", "This award is valid."),
        (f"https://hub.example.org/sub/credentials/verify/?award={VALID}", "This award is valid."),
        (REVOKED, "This award has been revoked."),
        (EXPIRED, "This award has expired."),
        (f"https://other.example.org/credentials/awards/{VALID}/", "This award is not from this site."),
        (f"https://hub.example.org.evil.org/sub/credentials/awards/{VALID}/", "This award is not from this site."),
        ("f" * 32, "There is no such award."),
        (f"{PUBLIC}{VALID[:-1]}/", "There is no such award."),
        ("my certificate", "This is neither a link nor a number of an award."),
        ("", "Write a link or number, or choose a file."),
    ],
)
def test_what_is_said_of_a_link_or_number(page: Page, address: str, asked: str, said: str) -> None:
    assert check(page, address, asked) == said
    if "valid" in said:
        expect(page.get_by_role("status")).to_contain_text("Awarded on")
        assert ("Sita Rai" in page.get_by_role("status").inner_text()) == (VALID in asked.lower())


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("sita@example.org", "It was given to the owner"),
        (" SITA@Example.org ", "It was given to the owner"),
        ("ram@example.org", "It was not given to the owner"),
    ],
)
def test_whose_award_it_is(page: Page, address: str, email: str, said: str) -> None:
    check(page, address, VALID, email)
    expect(page.get_by_role("status")).to_contain_text(said)


def test_whose_a_revoked_award_was_is_not_known(page: Page, address: str) -> None:
    check(page, address, REVOKED, "sita@example.org")
    expect(page.get_by_role("status")).to_contain_text("To whom it was given is no longer published.")


def test_a_file_is_compared_with_what_is_published(page: Page, hub: Path, address: str) -> None:
    kept = assertion(hub, VALID)
    other_order = dict(reversed(kept.items()))
    other_name = {**kept, "record": {**kept["record"], "name": "Gita Rai"}}
    other_place = {**kept, "id": kept["id"].replace("hub.example.org", "other.example.org")}
    for file, said in (
        (json.dumps(kept), "This award is valid."),
        (json.dumps(other_order, indent=8), "This award is valid."),
        (json.dumps({**kept, "badge": "https://example.org/"}), "This award has been changed."),
        (json.dumps(other_name), "This award has been changed."),
        (json.dumps(other_place), "This award is not from this site."),
        (json.dumps({**kept, "id": "x"}), "This is neither a link nor a number of an award."),
        ("[]", "This is not the file of an award."),
        ("null", "This is not the file of an award."),
        ("no JSON", "This is not the file of an award."),
    ):
        assert check(page, address, file=file.encode()) == said, file[:80]


@pytest.mark.parametrize("change", ["name", "date", "recipient", "identity", "badge", "issuedOn", "revoked", "no JSON"])
def test_what_was_changed_on_the_site_is_noticed(page: Page, hub: Path, address: str, change: str) -> None:
    found = assertion(hub, VALID)
    if change in found["record"]:
        found["record"][change] = found["record"][change].translate(str.maketrans("0Sa", "1Gb"))
    elif change == "identity":
        found["recipient"]["identity"] = assertion(hub, OPEN)["recipient"]["identity"]
    else:
        found[change] = {"revoked": True}.get(change, f"https://example.org/{change}")
    text = "no JSON" if change == "no JSON" else json.dumps(found)
    page.route("**/*.json", lambda route: route.fulfill(body=text))
    assert check(page, address, VALID) == "This award has been changed."


def test_without_the_network_nothing_is_said_to_be_wrong(page: Page, address: str) -> None:
    def fail(route: Route) -> None:
        route.abort() if VALID in route.request.url else route.fulfill(status=503)

    page.route("**/credentials/awards/*.json", fail)
    assert check(page, address, VALID) == "The award cannot be checked now."
    assert check(page, address, OPEN) == "The award cannot be checked now."


def test_a_page_that_may_not_compute_digests_says_so(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    assert check(page, address, VALID) == "This browser cannot check the award."


def test_the_camera_is_offered_where_the_browser_reads_codes(page: Page, address: str) -> None:
    page.goto(f"{address}credentials/verify/")
    expect(page.get_by_role("button", name="Scan")).to_be_hidden()
    # A camera that sees a certificate.
    page.add_init_script(
        f"""globalThis.BarcodeDetector = class {{
            static async getSupportedFormats() {{ return ["qr_code"]; }}
            async detect() {{ return [{{ rawValue: "{PUBLIC}{VALID}/" }}]; }}
        }};
        navigator.mediaDevices.getUserMedia = async () => {{
            const canvas = document.createElement("canvas");
            canvas.getContext("2d").fillRect(0, 0, 9, 9);
            globalThis.seen = canvas.captureStream();
            return globalThis.seen;
        }};"""
    )
    page.goto(f"{address}credentials/verify/")
    page.get_by_role("button", name="Scan").click()
    expect(page.get_by_role("status")).to_contain_text("This award is valid.")
    expect(page.get_by_role("button", name="Scan")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("globalThis.seen.getTracks().every((track) => track.readyState === 'ended')")


def test_a_camera_that_is_refused(page: Page, address: str) -> None:
    page.add_init_script(
        """globalThis.BarcodeDetector = class { static async getSupportedFormats() { return ["qr_code"]; } };
        navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };"""
    )
    page.goto(f"{address}credentials/verify/")
    page.get_by_role("button", name="Scan").click()
    expect(page.get_by_role("status")).to_contain_text("The camera could not be opened.")


def test_the_keyboard_is_enough(page: Page, address: str) -> None:
    page.goto(f"{address}credentials/verify/")
    page.get_by_label("Link or number").focus()
    page.keyboard.type(VALID)
    for label in ("the file of the award", "E-mail address of the holder"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(label)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("This award is valid.")
    page.get_by_role("status").get_by_role("link", name=PUBLIC).press("Enter")
    expect(page).to_have_url(f"{address}credentials/awards/{VALID}/")


def test_without_javascript_the_page_says_how_to_check(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}credentials/verify/")
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("Open the address that is printed on the certificate")
    page.goto(f"{address}credentials/awards/{REVOKED}/")
    expect(page.locator("main")).to_contain_text("This award has been revoked.")
    context.close()


@pytest.mark.parametrize("path", [f"awards/{sign}/" for sign in (VALID, OPEN, REVOKED)] + ["verify/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}credentials/{path}")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("number", [VALID, OPEN])
def test_a_certificate_is_one_sheet_of_paper(page: Page, address: str, number: str) -> None:
    page.goto(f"{address}credentials/awards/{number}/")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    ((width, height),) = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    assert (round(float(width)), round(float(height))) == (842, 595), "A4, landscape, in points"
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 718})  # the sheet without its margins of 10 mm
    sheet = page.locator(".hub-certificate")
    inside = "sheet => [...sheet.querySelectorAll('*')].every(part => part.getBoundingClientRect().bottom <= sheet.getBoundingClientRect().bottom)"
    assert sheet.evaluate(inside), "no words run over its edge"
