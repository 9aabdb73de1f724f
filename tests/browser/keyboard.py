"""Somebody without a mouse: Tab, Space, Enter, arrow keys and letters, nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Page

MOST_TABS = 400
FOCUSED = """async () => {
  const here = document.activeElement;
  const words = (element) => (element?.textContent ?? "").replace(/\\s+/g, " ").trim();
  const named = (here.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => words(document.getElementById(id)));
  const name = here.getAttribute("aria-label") || named.join(" ").trim() || words(here.labels?.[0]) || words(here);
  const isSeen = () => {
    const box = here.getBoundingClientRect();
    if (!box.width || box.bottom <= 0 || box.top >= innerHeight) return false;
    // Something that stands still on the screen must not cover it.
    let above = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + 1);
    for (; above; above = above.parentElement) {
      if (above.contains(here)) return true;
      if (["fixed", "sticky"].includes(getComputedStyle(above).position)) return false;
    }
    return true;
  };
  for (let frame = 0; frame < 5 && !isSeen(); frame += 1) await new Promise(requestAnimationFrame);
  const style = getComputedStyle(here);
  return {
    name,
    tag: here.tagName,
    question: here.closest("[data-question]")?.dataset.question ?? "",
    group: words(here.closest("fieldset")?.querySelector("legend")),
    seen: isSeen(),
    // Inside a date field the browser's own button takes the focus and marks itself.
    marked: style.outlineStyle !== "none" || style.boxShadow !== "none" || !here.matches(":focus"),
  };
}"""


class Keyboard:
    """Every stop of the Tab key must be visible and marked; `faults` collects those that are not."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []

    def go_to(self, name: str, tag: str = "", question: str = "", group: str = "") -> None:
        """Presses Tab until the control called `name` has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self._look()
            wanted = {"tag": tag.upper(), "question": question, "group": group}
            if here["name"].startswith(name) and all(here[key] == value for key, value in wanted.items() if value):
                return
        raise AssertionError(f"the Tab key never reaches „{name}“ on {self.page.url}")

    def enter(self, name: str, text: str, **where: str) -> None:
        """Types `text` into the field called `name`."""
        self.go_to(name, **where)
        self.page.keyboard.type(text)

    def press(self, name: str, **where: str) -> None:
        """Goes to a link or button and presses Enter; comes back on the next page."""
        self.go_to(name, **where)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, name: str, **where: str) -> None:
        """Goes to a box and ticks it with the space bar."""
        self.go_to(name, **where)
        self.page.keyboard.press("Space")

    def choose(self, name: str, names: Iterable[str], **where: str) -> None:
        """Goes to a group of radios, wherever Tab enters it, and chooses with arrow keys."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self._look()
            if (
                here["tag"] == "INPUT"
                and all(here[key] == value for key, value in where.items())
                and here["name"] in names
            ):
                break
        for _ in range(len(list(names)) + 1):
            if self._look()["name"] == name:
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrow keys never reach „{name}“ in {where}")

    def select(self, name: str, letters: str) -> None:
        """Goes to a list and types the beginning of an entry."""
        self.go_to(name)
        self.page.keyboard.type(letters)

    def _look(self) -> dict[str, str]:
        here: dict[str, str] = self.page.evaluate(FOCUSED)
        for key, fault in (("seen", "is out of sight"), ("marked", "is not marked")):
            if here["tag"] != "BODY" and not here[key]:
                self.faults.append(f"{here['tag']} „{here['name'][:60]}“ has the focus and {fault} ({self.page.url})")
        return here
