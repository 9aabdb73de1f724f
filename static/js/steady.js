// What is drawn anew above a control must not push it out of sight while somebody is at it: it stays where it was on the
// screen. The browser itself only holds what stands at the upper edge of the window.

const strip = document.querySelector(".panel");
const root = document.documentElement;
const GAP = 9; // how far above the edge it may stand

// It grows with what it says; whatever gets the focus stops above it.
if (strip) new ResizeObserver(() => root.style.setProperty("--strip", `${strip.offsetHeight}px`)).observe(strip);

// A browser brings the caret of a field above it, not the whole field.
document.addEventListener("keyup", ({ key, target }) => {
  if (key === "Tab" && target.matches("textarea")) target.scrollIntoView({ block: "nearest" });
});

// How much can be seen: the points, where they are a strip, and what could not be saved stand at the lower edge of the
// window and cover what is under them.
function lowest() {
  const edge = root.clientHeight;
  const sticky = [...document.querySelectorAll(".panel, .save-state--failed, .card__foot:has(> .save-state--failed)")].filter(
    (each) => getComputedStyle(each).position === "sticky",
  );
  const covering = sticky.map((each) => each.getBoundingClientRect()).filter(({ bottom }) => bottom >= edge - GAP);
  return Math.min(edge, ...covering.map(({ top }) => top));
}

const isSeen = ({ width, top, bottom }) => width > 0 && bottom > 0 && top < root.clientHeight;
const scroll = (top) => top && window.scrollBy({ top, behavior: "instant" });

export function steadily(change) {
  const here = document.activeElement;
  const before = here?.getBoundingClientRect();
  const held = here?.closest("main") && isSeen(before); // what stands beside it stays by itself
  const wasFree = held && before.bottom <= lowest();
  const result = change();
  if (!held || here !== document.activeElement) return result;
  scroll(here.getBoundingClientRect().top - before.top);
  const { top, bottom } = here.getBoundingClientRect();
  if (wasFree) scroll(Math.max(0, Math.min(bottom - lowest(), top))); // the strip has grown
  return result;
}
