// Lets single questions be folded into the gap chart, and its rows be read one by one. Until Plotly has drawn, and wherever it cannot
// (no script, forced colours, print), the page's own picture stands; the table always does.

const part = (name) => document.getElementById(`chart-${name}`);
const still = part("still"), live = part("live"), folds = part("folds");
const opened = new Set();
const BAR = 26, PITCH = 60, LETTER = 8.7;
const SCALE = 30 / PITCH; // below the total stand its scale and a rule
const ABOVE = 0.5, BELOW = 0.25; // from the middle of a bar to the upper end of its row, and what lies below the last one
const narrow = matchMedia("(max-width: 32rem)"); // bars have no room for numbers, as chart.css says of the still picture
let figure, rows, at = 0;

function load(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--kern-color-${name}`).trim();
  return {
    page: token("layout-background-default"), text: token("layout-text-default"), muted: token("layout-text-muted"),
    outline: token("layout-border"), accent: token("action-default"), onAccent: token("action-on-default"),
  };
}

function fills({ page, muted, outline, accent }) {
  const fill = (color, edge, shape, solidity) => ({
    color, line: { color: edge, width: 1 },
    pattern: shape && { shape, solidity, size: 7, fgcolor: color, bgcolor: page, fillmode: "replace" },
  });
  return {
    documented: fill(accent, accent), claimed: fill(accent, accent, "/", 0.36),
    open: fill(muted, outline, ".", 0.13), lost: fill(page, outline),
  };
}

const annotate = (row, { page, text, onAccent }, letters) => ({ size, weight, solid, inside, text: words, ...note }) => ({
  ...note, y: row.y, showarrow: false, borderpad: note.borderpad ?? 0, font: { size, weight, color: solid ? onAccent : text },
  xshift: (note.xshift ?? 0) + ({ left: -2, right: 2 }[note.xanchor] ?? 0), // plotly keeps some room around each text
  bgcolor: inside && !solid ? page : undefined,
  text: shorten(words, letters - row.notes[1].text.length - 2),
});

const shorten = (words, room) => (words.length > room ? `${words.slice(0, room - 2)} …` : words);

const marks = ({ mark, y }, { page, text }) => (mark === null ? [] : [6.5, 2.5].map((width, top) => ({
  type: "line", x0: mark, x1: mark, y0: y - 0.3, y1: y + 0.3, line: { width, color: top ? text : page },
})));

function draw() {
  const colours = readColours(), fill = fills(colours);
  const wide = still.clientWidth || live.clientWidth, letters = Math.floor(wide / LETTER);
  rows = figure.rows.map((row, place) => ({ ...row, place })).filter((row) => !row.parent || opened.has(row.parent));
  rows.forEach((row, index) => {
    row.y = index ? index + SCALE : 0;
  });
  const pick = (list) => rows.map((row) => list[row.place]);
  const data = figure.data.map((trace) => ({
    ...trace, marker: fill[trace.meta], width: BAR / PITCH, x: pick(trace.x), y: rows.map(({ y }) => y), customdata: pick(trace.customdata),
  }));
  const annotations = rows.flatMap((row) => row.notes
    .filter(({ inside }) => !inside || !narrow.matches)
    .map(annotate(row, colours, letters)));
  const rule = { type: "line", x0: 0, x1: 100, y0: 0.72, y1: 0.72, line: { width: 1, color: colours.outline } };
  const shapes = [rule, ...rows.flatMap((row) => marks(row, colours))];
  const font = { family: getComputedStyle(document.body).fontFamily, size: 16, color: colours.text };
  const last = rows.at(-1).y + BELOW;
  const yaxis = { ...figure.layout.yaxis, range: [last, -ABOVE] };
  const height = (last + ABOVE) * PITCH + figure.layout.margin.t;
  return Plotly.react(live, data, { ...figure.layout, yaxis, annotations, shapes, font, height }, figure.config);
}

// Beneath the chart: a label beside the pointer would cover other rows.
function point(place) {
  at = Math.min(Math.max(place, 0), rows.length - 1);
  part("said").textContent = rows[at].said;
}

const leave = () => {
  part("said").textContent = "";
};
// The row under the pointer says beneath the chart what it shows.
function follow({ clientY }) {
  const y = (clientY - live.getBoundingClientRect().top - figure.layout.margin.t) / PITCH - ABOVE;
  const place = rows.findLastIndex((row) => row.y - ABOVE <= y);
  if (place !== at || !part("said").textContent) point(place);
}

const placeOf = (button) => rows.findIndex((row) => row.key === button.dataset.row);

async function fold(button) {
  const key = button.dataset.row;
  if (!opened.delete(key)) opened.add(key);
  button.setAttribute("aria-expanded", opened.has(key));
  await draw();
  point(placeOf(button));
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") leave();
  if (!step) return;
  event.preventDefault();
  point(at + step);
}

function swap(alive) {
  still.hidden = alive;
  live.hidden = folds.hidden = !alive;
}

async function begin() {
  figure = JSON.parse(part("data").textContent);
  const { script, style, locale } = live.dataset;
  // With this id and class Plotly takes the linked sheet and writes no style of its own, which the content policy forbids.
  await load("link", { rel: "stylesheet", id: "plotly.js-style-global", className: "no-inline-styles", href: style });
  await load("script", { src: script });
  await load("script", { src: locale });
  live.hidden = false;
  await draw();
  document.getElementById("js-plotly-tester").setAttribute("aria-hidden", true); // it stays, and only measures texts
  swap(true);
  folds.addEventListener("click", ({ target }) => target.closest("button") && fold(target.closest("button")));
  folds.addEventListener("focusin", ({ target }) => point(placeOf(target)));
  folds.addEventListener("focusout", leave);
  folds.addEventListener("keydown", walk);
  live.addEventListener("pointermove", follow);
  live.addEventListener("pointerleave", leave);
  addEventListener("resize", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("beforeprint", () => swap(false));
  addEventListener("afterprint", () => swap(true));
}

function whenNear() {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    (window.requestIdleCallback ?? setTimeout)(() => begin().catch(() => swap(false)));
  }, { rootMargin: "200px" });
  watcher.observe(still);
}

if (live && !matchMedia("(forced-colors: active)").matches) {
  if (document.readyState === "complete") whenNear();
  else addEventListener("load", whenNear);
}
