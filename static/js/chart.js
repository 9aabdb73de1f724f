// Lets single questions be folded into the gap chart, and its rows be read one by one. Until Plotly has drawn, and wherever it cannot
// (no script, forced colours, print), the page's own picture stands; the table always does.

const part = (name) => document.getElementById(`chart-${name}`);
const still = part("still"), live = part("live"), folds = part("folds");
const opened = new Set();
const BAR = 26, PITCH = 60, LETTER = 8.7;
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

function draw() {
  const colours = readColours(), { page, text, onAccent } = colours, fill = fills(colours);
  rows = figure.rows.map((row, place) => ({ ...row, place })).filter((row) => !row.parent || opened.has(row.parent));
  const pick = (list) => rows.map((row) => list[row.place]);
  const data = figure.data.map((trace) => ({
    ...trace, marker: fill[trace.meta], width: BAR / PITCH, x: pick(trace.x), y: pick(trace.y), customdata: pick(trace.customdata),
  }));
  const room = Math.floor((still.clientWidth || live.clientWidth) / LETTER) - 8;
  const annotations = rows.flatMap((row, y) => row.notes.map(({ solid, size, weight, text: words, ...note }) => ({
    ...note, y, showarrow: false, font: { size, weight, color: solid ? onAccent : text },
    bgcolor: size < 16 && !solid ? page : undefined,
    text: words.length > room ? `${words.slice(0, room)} …` : words,
  })));
  const shapes = rows.flatMap((row, y) => (row.mark === null ? [] : [6.5, 2.5].map((width, top) => ({
    type: "line", x0: row.mark, x1: row.mark, y0: y - 0.3, y1: y + 0.3, line: { width, color: top ? text : page },
  }))));
  const font = { family: getComputedStyle(document.body).fontFamily, size: 16, color: text };
  const height = rows.length * PITCH + figure.layout.margin.t;
  return Plotly.react(live, data, { ...figure.layout, annotations, shapes, font, height }, figure.config);
}

// Beneath the chart: a label beside the pointer would cover other rows.
function point(place) {
  at = Math.min(Math.max(place, 0), rows.length - 1);
  part("said").textContent = rows[at].said;
}

const leave = () => {
  part("said").textContent = "";
};
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
  swap(true);
  folds.addEventListener("click", ({ target }) => target.closest("button") && fold(target.closest("button")));
  folds.addEventListener("focusin", ({ target }) => point(placeOf(target)));
  folds.addEventListener("focusout", leave);
  folds.addEventListener("keydown", walk);
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
