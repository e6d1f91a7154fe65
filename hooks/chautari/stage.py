"""Where a build writes until it is whole: the published folder is exchanged at the end, or not touched at all."""

import shutil
from pathlib import Path


class Stage:
    """A folder beside the published one, for one build."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.folder = site.with_name(f".{site.name}-unfinished")
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self) -> None:
        """Puts the finished site in the old one's place. Its hidden files (.git) stay, as MkDocs leaves them."""
        old = self.site.with_name(f".{self.site.name}-old")
        shutil.rmtree(old, ignore_errors=True)
        if self.site.exists():
            for hidden in self.site.glob(".*"):
                if not (self.folder / hidden.name).exists():
                    hidden.rename(self.folder / hidden.name)
            self.site.rename(old)
        self.folder.rename(self.site)
        shutil.rmtree(old, ignore_errors=True)

    def abandon(self) -> None:
        """Throws an unfinished site away."""
        shutil.rmtree(self.folder, ignore_errors=True)
