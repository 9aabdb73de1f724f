"""Pixels of what a browser has drawn, and how well colours can be told apart."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from playwright.sync_api import Page

Colour = tuple[int, int, int]
READ = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return [image.width, [...context.getImageData(0, 0, image.width, image.height).data]];
}"""
TOLD_APART = 3.0
"""The contrast that WCAG 1.4.11 wants of signs."""


class Picture:
    """The colours of a screenshot; `blank` is a page without a content policy, in which it is read."""

    def __init__(self, blank: Page, screenshot: bytes) -> None:
        self.width, self.values = blank.evaluate(READ, b64encode(screenshot).decode())
        self.height = len(self.values) // 4 // self.width

    def at(self, x: int, y: int) -> Colour:
        start = (y * self.width + x) * 4
        red, green, blue = self.values[start : start + 3]
        return red, green, blue

    def colours(self) -> Iterator[Colour]:
        for y in range(self.height):
            for x in range(self.width):
                yield self.at(x, y)


def contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21, as WCAG works it out."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def count_told_apart(before: Picture, after: Picture) -> int:
    """How many pixels changed so much that eyes see it."""
    pairs = zip(before.colours(), after.colours(), strict=True)
    return sum(contrast(one, other) >= TOLD_APART for one, other in pairs)


def _luminance(colour: Colour) -> float:
    parts = (value / 255 for value in colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
