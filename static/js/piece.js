// The page of one piece of evidence in place: a dialog with its form. Without this script the link leads to that page.
// What is typed stays in this browser until it is saved, also when the dialog or the page is closed.

import { arrive, BRIEFLY } from "./arrive.js";
import { sayDay } from "./day.js";
import { claim, draw, known } from "./draw.js";
import { drop, keep, unsent } from "./unsent.js";
import { watch } from "./upload.js";

// What depends on evidence, on the pages of the coordination and of an office.
const PLACES = ["[data-total]", "[data-criterion]", "[data-index]", "[data-nav]", ".chips", "[data-title]", "[data-progress]", "[data-early]", ".panel [data-count]"];
const CLOSE = '<button class="piece-dialog__close" type="button" data-leave><span class="kern-sr-only">Schließen</span><span class="kern-icon kern-icon--close" aria-hidden="true"></span></button>';
const FAILED = "Nicht gespeichert. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.";

const read = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");
const scopeOf = (form) => `${form.dataset.autosave}+`;
const placeOf = (link) => `piece:${link.pathname}`;
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !["csrf_token", "fassung"].includes(field.name) && !["submit", "file"].includes(field.type));
const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
const entered = (form) => fieldsOf(form).filter((field) => !isTicked(field) || field.checked).map((field) => [field.name, field.value]);
const prefixOf = (names) => names.find((name) => name.endsWith(".version"))?.slice(0, -"version".length) ?? "";

// What was typed before and not saved: under the version that it saw then, and a new piece under the key that it had.
function restore(form, link) {
  const [, draft] = unsent(scopeOf(form)).find(([place]) => place === placeOf(link)) ?? [];
  if (!draft) return;
  const [before, now] = [prefixOf(draft.fields.map(([name]) => name)), prefixOf(fieldsOf(form).map(({ name }) => name))];
  fieldsOf(form).forEach((field) => {
    field.name = field.name.replace(now, before);
    const values = draft.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTicked(field)) field.checked = values.includes(field.value);
    else if (values.length) [field.value] = values;
    if (field.matches("[data-day]")) sayDay(field);
  });
}

// What was typed while a file was on its way stands in the piece as it is now, and whoever types goes on there.
const lastOf = (name) => name.slice(name.lastIndexOf(".") + 1);

function typedSince(form, sent) {
  const now = new FormData(form);
  const names = [...new Set(fieldsOf(form).map(({ name }) => name))].filter((name) => `${now.getAll(name)}` !== `${sent.getAll(name)}`);
  const here = fieldsOf(form).find((field) => field === document.activeElement);
  return { values: new Map(names.map((name) => [lastOf(name), now.getAll(name)])), at: here && lastOf(here.name) };
}

function typeOn(form, { values, at }) {
  fieldsOf(form).filter(({ name }) => values.has(lastOf(name))).forEach((field) => {
    const entered = values.get(lastOf(field.name));
    if (isTicked(field)) field.checked = entered.includes(field.value);
    else if (entered.length) field.value = entered.at(-1);
  });
  fieldsOf(form).find((field) => lastOf(field.name) === at && (!isTicked(field) || field.checked))?.focus();
}

// What the page says by now, where it shows evidence and points; `asked` is what was known when it was asked for.
function renew(page, asked) {
  const moment = Math.max(asked, Number(page.querySelector("form[data-news-since]")?.dataset.newsSince ?? 0));
  document.querySelectorAll("[data-fresh], [id^='stand-']").forEach((place) => {
    const now = page.getElementById(place.id);
    if (now) draw(place, now.innerHTML, moment);
  });
  PLACES.forEach((selector) => {
    const now = page.querySelectorAll(selector);
    document.querySelectorAll(selector).forEach((place, index) => {
      if (now[index]) draw(place, now[index].innerHTML, moment);
    });
  });
  const saved = page.querySelector("[data-save-all]");
  const said = document.querySelector("[data-save-all]:not(.save-state--failed)");
  if (saved && said) {
    said.className = saved.className;
    draw(said, saved.innerHTML, moment);
  }
  document.querySelectorAll("section.card[id]").forEach((card) => {
    const now = page.getElementById(card.id);
    if (now && claim(`work ${card.dataset.question}`, moment)) card.classList.toggle("card--work", now.classList.contains("card--work"));
  });
}

function tell(dialog, text) {
  const place = dialog.querySelector("[data-save-state]");
  place.className = "save-state save-state--failed gap-above";
  (place.querySelector("[data-words]") ?? place).textContent = text;
}

function focusNear(link) {
  const again = [...document.querySelectorAll("a[data-piece]")].find((each) => each.pathname === link.pathname);
  (again ?? document.querySelector("main"))?.focus();
}

const focusFirst = (form) =>
  (form.querySelector("[autofocus]") ?? form.querySelector("input:not([type=hidden]), select, textarea"))?.focus();

// `goOn` gets the address of the piece once a file of it is saved.
function show(dialog, page, goOn) {
  const form = page.querySelector("form[data-piece-form]");
  const title = page.querySelector("h1");
  if (!form || !title) return null;
  title.id = "nachweis-titel";
  const head = document.createElement("div");
  head.className = "piece-dialog__head";
  head.innerHTML = CLOSE;
  head.prepend(title);
  dialog.replaceChildren(head, ...page.querySelectorAll("[data-done]"), form);
  dialog.stopUpload = watch(form, goOn);
  focusFirst(form);
  return form;
}

async function submit(event, dialog, link, goOn) {
  event.preventDefault();
  const form = event.target;
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  if (event.submitter?.name) fields.append(event.submitter.name, event.submitter.value);
  const asked = known();
  try {
    const response = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "text/html" } });
    const page = await read(response);
    if (response.ok && response.redirected) {
      drop(scopeOf(form), placeOf(link));
      renew(page, asked);
      dialog.close();
    } else if (!show(dialog, page, goOn)) {
      const said = page.querySelector("main h1")?.textContent.trim();
      tell(dialog, said ? `Nicht gespeichert: ${said}.` : FAILED);
    }
  } catch {
    tell(dialog, FAILED);
  }
}

async function open(link) {
  await arrive(BRIEFLY);
  const response = await fetch(link.href, { headers: { Accept: "text/html" } });
  const dialog = document.createElement("dialog");
  dialog.className = "piece-dialog";
  dialog.setAttribute("aria-labelledby", "nachweis-titel");
  let place = link;
  // a file was saved, and all else with it: the dialog shows the piece as it is now, the page what became of it
  const goOn = async (href, sent) => {
    drop(scopeOf(dialog.querySelector("form[data-piece-form]")), placeOf(place));
    place = new URL(href, window.location.href);
    const asked = known();
    try {
      const [piece, page] = await Promise.all([href, window.location.href].map((address) => fetch(address).then(read)));
      renew(page, asked);
      const typed = typedSince(dialog.querySelector("form[data-piece-form]"), sent);
      const now = show(dialog, piece, goOn);
      typeOn(now, typed);
      if (typed.values.size) keep(scopeOf(now), placeOf(place), { url: now.action, fields: entered(now) });
    } catch {
      window.location.reload();
    }
  };
  const form = response.ok && show(dialog, await read(response), goOn);
  if (!form) {
    window.location.assign(link.href);
    return;
  }
  restore(form, link);
  dialog.addEventListener("submit", (event) => {
    // whatever else can be pressed has a page of its own
    if (event.target.matches("[data-piece-form]")) submit(event, dialog, place, goOn);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-leave]")) dialog.close(); // what was typed is there on coming back
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    drop(scopeOf(form), placeOf(place));
    dialog.close();
  });
  dialog.addEventListener("input", ({ target }) => {
    keep(scopeOf(form), placeOf(place), { url: target.form.action, fields: entered(target.form) });
  });
  dialog.addEventListener("close", () => {
    dialog.stopUpload?.();
    dialog.remove();
    focusNear(link);
  });
  document.body.append(dialog);
  dialog.showModal();
  focusFirst(form);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-piece]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link).catch(() => window.location.assign(link.href));
});
