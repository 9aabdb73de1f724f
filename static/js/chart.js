// Makes the gap chart answer to mouse and keyboard. Until Plotly has drawn, and wherever it cannot
// (no script, forced colours, print), the page's own picture stands; the table always does.

const still = document.getElementById("chart-still");
const live = document.getElementById("chart-live");
const folds = document.getElementById("chart-folds");
const said = document.getElementById("chart-said");
const dark = matchMedia("(prefers-color-scheme: dark)");
const opened = new Set();
const BAR = 26, PITCH = 60, NUMBER_FROM = 9;
let figure, shown, at = 0;

const colour = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--kern-color-${name}`).trim();

function load(tag, attributes) {
  return new Promise((done, failed) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  });
}

function markers(page, accent, muted, outline) {
  const line = (color) => ({ color, width: 1 });
  const pattern = (shape, fgcolor, solidity) =>
    ({ shape, fgcolor, bgcolor: page, size: 7, solidity, fillmode: "replace" });
  return {
    documented: { color: accent, line: line(accent) },
    claimed: { color: accent, line: line(accent), pattern: pattern("/", accent, 0.36) },
    open: { color: muted, line: line(outline), pattern: pattern(".", muted, 0.13) },
    lost: { color: page, line: line(outline) },
  };
}

function draw() {
  const page = colour("layout-background-default"), text = colour("layout-text-default");
  const accent = colour("action-default"), onAccent = colour("action-on-default");
  const marker = markers(page, accent, colour("layout-text-muted"), colour("layout-border"));
  shown = figure.rows.map((row, index) => ({ ...row, index })).filter((row) => !row.parent || opened.has(row.parent));
  const pick = (list) => shown.map((row) => list[row.index]);
  const data = figure.data.map((trace) => ({
    ...trace, marker: marker[trace.meta], width: BAR / PITCH,
    x: pick(trace.x), y: shown.map((row) => row.name), customdata: pick(trace.customdata), text: undefined,
  }));
  const label = (more) => ({ showarrow: false, font: { size: 16, color: text }, ...more });
  const room = Math.floor((still.clientWidth || live.clientWidth) / 8) - 9;
  const annotations = shown.flatMap((row, y) => [
    label({ x: 0, y, yshift: 25, xanchor: "left", font: { size: 16, color: text, weight: row.parent ? 400 : 600 },
      text: row.label.length > room ? `${row.label.slice(0, room)} …` : row.label }),
    label({ x: 100, y, yshift: 25, xanchor: "right", text: row.percent }),
    ...numbers(row, y, page, text, onAccent, label),
  ]);
  const shapes = shown.flatMap((row, y) => row.mark === null ? [] : [6.5, 2.5].map((width, top) => (
    { type: "line", x0: row.mark, x1: row.mark, y0: y - 0.3, y1: y + 0.3, line: { width, color: top ? text : page } })));
  annotations.push(label({ x: shown[0].mark, y: -0.3, yshift: 27, text: `<b>${figure.mark}</b>` }));
  const layout = {
    ...figure.layout, annotations, shapes, height: shown.length * PITCH + 40,
    font: { family: getComputedStyle(document.body).fontFamily, size: 16, color: text },
    hoverlabel: { bgcolor: page, bordercolor: text, font: { size: 16, color: text } },
  };
  return Plotly.react(live, data, layout, figure.config);
}

function numbers(row, y, page, text, onAccent, label) {
  let end = 0;
  return figure.data.flatMap((trace) => {
    const width = trace.x[row.index], x = end + width / 2;
    end += width;
    const own = trace.meta === "documented" ? { font: { size: 14, weight: 600, color: onAccent } }
      : { font: { size: 14, weight: 600, color: text }, bgcolor: page };
    return width < NUMBER_FROM ? [] : [label({ x, y, text: trace.text[row.index], borderpad: 1, ...own })];
  });
}

function point(place) {
  at = Math.min(Math.max(place, 0), shown.length - 1);
  said.textContent = shown[at].said;
  Plotly.Fx.hover(live, { xval: 50, yval: at });
}

const leave = () => Plotly.Fx.unhover(live);
const placeOf = (button) => shown.findIndex((row) => row.key === button.dataset.row);

function listen() {
  folds.addEventListener("click", async ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const key = button.dataset.row;
    opened.delete(key) || opened.add(key);
    button.setAttribute("aria-expanded", opened.has(key));
    await draw();
    point(placeOf(button));
  });
  folds.addEventListener("focusin", ({ target }) => point(placeOf(target)));
  folds.addEventListener("focusout", leave);
  folds.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") leave();
    if (!step) return;
    event.preventDefault();
    point(at + step);
  });
  dark.addEventListener("change", draw);
  addEventListener("beforeprint", () => swap(false));
  addEventListener("afterprint", () => swap(true));
}

function swap(alive) {
  still.hidden = alive;
  live.hidden = folds.hidden = !alive;
}

async function begin() {
  const { script, style, locale } = live.dataset;
  figure = JSON.parse(document.getElementById("chart-data").textContent);
  // With this id and class Plotly uses the linked sheet and writes no style of its own, which the content policy forbids.
  await load("link", { rel: "stylesheet", id: "plotly.js-style-global", className: "no-inline-styles", href: style });
  await load("script", { src: script });
  await load("script", { src: locale });
  live.hidden = false;
  await draw();
  swap(true);
  listen();
}

function whenNear() {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    (window.requestIdleCallback || setTimeout)(() => begin().catch(() => swap(false)));
  }, { rootMargin: "200px" });
  watcher.observe(still);
}

if (live && !matchMedia("(forced-colors: active)").matches) {
  if (document.readyState === "complete") whenNear();
  else addEventListener("load", whenNear);
}
