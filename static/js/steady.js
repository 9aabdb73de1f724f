// What is drawn anew above a control must not push it out of sight while somebody is at it: it stays where it was on the
// screen. The browser itself only holds what stands at the upper edge of the window.

const strip = document.querySelector(".panel");
const root = document.documentElement;

// It grows with what it says; whatever gets the focus stops above it.
if (strip) new ResizeObserver(() => root.style.setProperty("--strip", `${strip.offsetHeight}px`)).observe(strip);

// How much can be seen: where the points are a strip at the lower edge of the window, it covers what is under it.
function lowest() {
  const edge = root.clientHeight;
  const box = strip?.getBoundingClientRect();
  return box && getComputedStyle(strip).position === "sticky" && box.bottom >= edge ? Math.min(box.top, edge) : edge;
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
