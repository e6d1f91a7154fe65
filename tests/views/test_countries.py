"""Browsing by country: the numbers on the map and in the table are the library's."""

from pathlib import Path

from chautari.views import countries
from tests.hub import event, make_library, make_site, partner, post, training

FILES = {
    "content/posts/2019/one.md": post("countries: Nepal"),
    "content/posts/2019/both.md": post("countries: [Nepal, India]"),
    "content/posts/2019/region.md": post("countries: South Asia"),
    "content/posts/2019/draft.md": post("countries: Cambodia", "status: draft"),
    "content/trainings/t.md": training("countries: Nepal"),
    "content/events/e.md": event("countries: Bangladesh"),
    "content/partners/u.md": partner(name="A union"),
}


def test_each_country_in_use_with_what_there_is_of_each_type(tmp_path: Path) -> None:
    library = make_library(tmp_path, FILES)
    (listing,) = countries.listings(library, make_site())
    assert (listing.url, listing.data["columns"]) == ("countries/", ("partners", "trainings", "events", "posts"))
    rows = {term.key: (count, counts) for term, count, counts in listing.data["rows"]}
    assert rows == {"bangladesh": (1, [0, 0, 1, 0]), "india": (1, [0, 0, 0, 1]), "nepal": (4, [1, 1, 0, 2])}
    assert rows["nepal"][0] == len(library.labelled(library.vocabularies["countries"].find("Nepal")[0]))
    assert [(dot.term.key, dot.number) for dot in listing.data["map"].dots] == [
        ("bangladesh", 1),
        ("india", 1),
        ("nepal", 4),
    ]
