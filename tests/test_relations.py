"""What is related to an entry, and why."""

from pathlib import Path

from chautari.content.posts import Post
from chautari.relations import NEIGHBOURS, Relations
from chautari.vocabulary import Term
from tests.hub import make_library, post


def test_rare_shared_terms_weigh_more(tmp_path: Path) -> None:
    files = {f"content/posts/2019/common-{n}.md": post("countries: Nepal", "themes: Decent work") for n in range(6)}
    files["content/posts/2019/one.md"] = post(
        "countries: Nepal", "themes: [Decent work, Gender equality]", "groups: Women"
    )
    files["content/posts/2019/rare.md"] = post("themes: Gender equality", "groups: Women")
    files["content/posts/2019/single.md"] = post("groups: Women")
    library = make_library(tmp_path, files)
    one = next(entry for entry in library.all(Post) if entry.slug == "one")
    first, *others = Relations(library).related(one)
    assert first.entry.slug == "rare"
    assert [term.key for term in first.shared] == ["gender-equality", "women"]
    assert len(others) == 2
    assert all(other.entry.slug.startswith("common") for other in others), "one shared term alone relates nothing"


class CountingRelations(Relations):
    """Counts how often the weight of a term is asked for: once for each term of each neighbour that is scored."""

    asked = 0

    def _weight(self, term: Term) -> float:
        self.asked += 1
        return super()._weight(term)


def test_the_work_for_one_entry_does_not_grow_with_the_hub(tmp_path: Path) -> None:
    counts = []
    for size in (80, 400):
        files = {
            f"content/posts/2019/p{n}.md": post(
                "countries: Nepal", "themes: Decent work", date=f"2019-{n % 12 + 1:02}-{n % 28 + 1:02}"
            )
            for n in range(size)
        }
        library = make_library(tmp_path / str(size), files)
        relations = CountingRelations(library)
        relations.related(library.all(Post)[size // 2])
        counts.append(relations.asked)
    assert counts[0] == counts[1] > 0
    assert counts[0] <= (2 * NEIGHBOURS + 1 + 3) * 2  # two terms each, itself too, and again for the three shown
