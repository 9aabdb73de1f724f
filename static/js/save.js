// Saves every part of an answer on its own as soon as it changes; the form works the same without this.

import { announce, arrive } from "./arrive.js";
import { sayDay } from "./day.js";
import { isDrafting, isEntered } from "./draft.js";
import { claim, draw, known, spare } from "./draw.js";
import { steadily } from "./steady.js";
import { drop, dropAllOf, keep, same, unsent } from "./unsent.js";

const TYPING_PAUSE = 1200;
const FIRST_RETRY = 3000;
const LONGEST_RETRY = 60000;
const RETRYING = "Nicht gespeichert – wird erneut versucht";
const FOREIGN = "Nicht gespeichert – statt des Selbstchecks antwortet eine andere Seite, vielleicht die Anmeldung Ihres Netzes. Wird erneut versucht";
const WAITING = {
  429: "Nicht gespeichert – zu viele Anfragen auf einmal, wird gleich erneut versucht",
  503: "Nicht gespeichert – der Speicher antwortet gerade nicht, wird erneut versucht",
};
const KEPT = "Ihr Text bleibt auf diesem Gerät.";
const REFUSED = {
  400: `Nicht gespeichert – bitte laden Sie die Seite neu. ${KEPT}`,
  401: `Nicht gespeichert – bitte melden Sie sich neu an. ${KEPT}`,
  403: "Nicht gespeichert – dafür reicht Ihr Zugang nicht. Fragen Sie die Koordination.",
  404: `Nicht gespeichert – dieser Browser hat hier keinen Zugang mehr. ${KEPT} Öffnen Sie Ihren Link noch einmal oder melden Sie sich an.`,
  409: `Nicht gespeichert – dieser Selbstcheck hat jetzt eine neuere Fassung des Fragebogens. ${KEPT} Bitte laden Sie die Seite neu.`,
  410: `Nicht gespeichert – Ihr Zugang ist beendet. ${KEPT}`,
  413: "Nicht gespeichert – bitte kürzen Sie den Text",
};
const FORGOTTEN = "Nicht gespeichert – Ihr Zugang ist beendet. Ihr Text steht nur noch auf dieser Seite: Bitte kopieren Sie ihn.";
const ELSEWHERE = `Nicht gespeichert – diese Angabe gehört nicht mehr auf diese Seite. ${KEPT} Bitte laden Sie die Seite neu.`;
const REASON = "Bitte noch kurz begründen";
const CHECK = "Nicht gespeichert – bitte prüfen Sie die Angabe";
const CONFLICT = "Nicht gespeichert – zwischenzeitlich geändert";
const SENDING = "Wird gespeichert …";

const form = document.querySelector("form[data-autosave]");
const scope = form?.dataset.autosave;
const unsaved = new Set();
const parts = new Map(); // part name -> { element, busy, going, dirty, decided, timer, wait, held, sent, at, emptied }

const nameOf = (element) => `${element.closest("[data-question]").dataset.question}.${element.dataset.part}`;

const within = (element, selector) => element.querySelector(selector) ?? element.closest("[data-question]").querySelector(selector);

const inputs = (element) => [...element.querySelectorAll("[name]")].filter((input) => input.tagName !== "BUTTON");

const fieldsOf = (element) =>
  inputs(element)
    .filter((input) => !["checkbox", "radio"].includes(input.type) || input.checked)
    .filter((input) => !input.name.endsWith(".remove"))
    .map((input) => [input.name, input.value]);

const stateOf = (element) => {
  const name = nameOf(element);
  if (!parts.has(name)) parts.set(name, { wait: FIRST_RETRY });
  return Object.assign(parts.get(name), { element }); // the page may have been drawn anew around it
};

// A box with conflicts is drawn anew as a whole: parts of it that wait for a decision are asked for again.
const waitingWith = (element) =>
  [...parts.values()].filter(
    (state) => state.held && state.element !== element && state.element.closest("[data-question]") === element.closest("[data-question]"),
  );

const csrf = () => document.querySelector("meta[name=csrf-token]");

// Longer than a save waits for others at the server: where no answer has come by then, none will.
const LONGEST = 20000;

const post = (url, fields, leaving = false) =>
  fetch(url, {
    signal: AbortSignal.timeout(LONGEST),
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRFToken": csrf().content },
    keepalive: leaving,
    redirect: "manual", // our own answers lead nowhere else
  });

// The session may have been opened anew in another window: take its token, or learn that it is over.
async function renewToken() {
  const response = await fetch(window.location.href);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const meta = page.querySelector("meta[name=csrf-token]");
  const renewed = meta && page.querySelector("form[data-autosave]")?.dataset.autosave === scope;
  if (renewed) csrf().content = meta.content;
  const ended = [404, 410].includes(response.status);
  return { renewed, said: ended && { status: response.status, answer: { error: true, forget: page.body.dataset.forget } } };
}

// What our server says, whatever it says; null where somebody else answers: the network's own page, a proxy.
async function read(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return null;
  const answer = await response.json().catch(() => null);
  return answer?.parts || answer?.error ? answer : null;
}

// A form says which version of the questionnaire it shows.
const version = () => [...form.querySelectorAll(":scope > input[name=fassung]")].map(({ name, value }) => [name, value]);

async function ask(url, fields, leaving) {
  const moment = known();
  const response = await post(url, [...fields, ...version()], leaving);
  const answer = await read(response);
  if (answer) answer.moment = Math.max(answer.moment ?? 0, moment);
  return { status: response.status, answer };
}

// Status and answer.
async function send(url, fields, leaving) {
  const said = await ask(url, fields, leaving);
  if (said.status !== 400 || !said.answer || leaving) return said;
  const { renewed, said: ended } = await renewToken();
  return renewed ? ask(url, fields, leaving) : ended || said;
}

function write(place, text, failed) {
  place.classList.toggle("save-state--failed", failed);
  place.classList.toggle("save-state--none", !text);
  place.classList.toggle("save-state--waiting", text === REASON);
  (place.querySelector("[data-words]") ?? place).textContent = text;
}

// At the part itself, and once for the whole page: there a failed part is not hidden by one that was saved after it.
// `changes`: what else became different with it.
function tell(element, text, failed, changes = []) {
  failed ? unsaved.add(element) : unsaved.delete(element);
  if (failed && element.matches(".entry *")) element.closest("details").open = true; // it would be out of sight
  const place = within(element, "[data-save-state]");
  if (place) write(place, text, failed);
  const others = unsaved.size === 1 ? "1 Angabe ist" : `${unsaved.size} Angaben sind`;
  const all = failed || !unsaved.size ? text : `${others} noch nicht gespeichert`;
  const said = unsaved.size ? all : [all, ...changes].join(". ");
  document.querySelectorAll("[data-save-all]").forEach((each) => write(each, said, unsaved.size > 0));
}

const WRONG = "kern-form-input--error";

// A field keeps the hint that describes it.
function describe(input, error) {
  const ids = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !id.endsWith("-fehler"));
  input.setAttribute("aria-describedby", [...ids, ...error].join(" "));
  if (!input.getAttribute("aria-describedby")) input.removeAttribute("aria-describedby");
}

// In place of what is shown there already, by the page or by an earlier save.
function showErrors(element, errors) {
  element.classList.remove("card__choice--error", "assignee--error");
  describe(element, []);
  element.querySelectorAll(".kern-error").forEach((shown) => shown.remove());
  element.querySelectorAll(`.${WRONG}`).forEach((place) => place.classList.remove(WRONG));
  inputs(element).forEach((input) => {
    input.removeAttribute("aria-invalid");
    input.classList.remove("kern-form-input__input--error", `kern-form-check__${input.type}--error`);
    describe(input, []);
  });
  Object.entries(errors ?? {}).forEach(([field, message]) => {
    const wanted = inputs(element).filter((input) => input.name.endsWith(`.${field}`));
    const place = wanted[0]?.closest(".kern-form-input") ?? element;
    const typed = wanted.filter((input) => !["radio", "checkbox"].includes(input.type));
    const shown = document.createElement("p");
    shown.className = "kern-error";
    shown.setAttribute("role", "alert");
    shown.innerHTML = '<span class="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true"></span><span class="error__text"><span class="kern-sr-only">Fehler: </span></span>';
    shown.lastChild.append(message);
    if (typed[0]) shown.id = `${typed[0].id}-fehler`;
    place.append(shown);
    if (place !== element) place.classList.add(WRONG);
    typed.forEach((input) => {
      input.setAttribute("aria-invalid", "true");
      describe(input, [shown.id]);
      input.classList.add("kern-form-input__input--error");
    });
  });
}

// A piece that has just been stored gets its number; its fields are named after it from now on.
function rename(element, name, now) {
  if (!now || now === name) return;
  inputs(element).forEach((input) => {
    input.name = input.name.replace(`${name}.`, `${now}.`);
  });
  element.dataset.part = now.slice(now.indexOf(".") + 1);
  parts.set(now, parts.get(name)); // with what was typed meanwhile
  parts.delete(name);
}

const renew = (field, value, result) => {
  const [, what] = /[.-](version|base)$/.exec(field) ?? [];
  return what ? result[what] : value;
};

function takeVersion(element, result) {
  inputs(element).forEach((input) => {
    if (/[.-](version|base)$/.test(input.name)) input.value = renew(input.name, input.value, result);
  });
}

// What is stored otherwise than it was typed is shown at once; where somebody is still in the field, when they leave it.
function takeTexts(element, texts, sent) {
  const typed = new Map(sent);
  inputs(element)
    .filter((input) => input.name in texts)
    .forEach((input) => {
      const [before, text] = [typed.get(input.name), texts[input.name]];
      const take = () => {
        if (input.value !== before) return;
        input.value = text;
        if (input.matches("[data-day]")) sayDay(input);
      };
      if (input === document.activeElement) input.addEventListener("blur", take, { once: true });
      else take();
    });
}

function redraw({ moment, ...answer }) {
  const latest = (what, values) => Object.entries(values ?? {}).filter(([key]) => claim(`${what} ${key}`, moment));
  Object.entries(answer.html ?? {}).forEach(([selector, html]) => {
    document.querySelectorAll(selector).forEach((place) => draw(place, html, moment));
  });
  // with a filter on, not every question of the criterion is on this page
  document.querySelectorAll("[data-index] a[href^='#'], [data-criterion] a[href^='#']").forEach((link) => {
    link.parentElement.hidden = !document.getElementById(link.hash.slice(1));
  });
  latest("work", answer.work).forEach(([question, left]) => {
    document.querySelector(`#frage-${question}:not(.card--folded)`)?.classList.toggle("card--work", left);
  });
  latest("count", answer.counts).forEach(([address, count]) => {
    document.querySelectorAll(`.chip[href="${address}"] [data-count]`).forEach((place) => (place.textContent = count));
  });
  return hide(latest("hidden", answer.hidden));
}

// Cards come and go with what was answered; returns that in words, for it may happen out of sight.
function hide(questions) {
  const changed = questions
    .map(([question, hidden]) => [document.getElementById(`frage-${question}`), hidden])
    .filter(([card, hidden]) => card && card.hidden !== hidden);
  return changed.map(([card, hidden]) => {
    card.hidden = hidden;
    return hidden ? `Frage ${card.dataset.number} entfällt` : `Frage ${card.dataset.number} kommt hinzu`;
  });
}

function keepPart(element, sent) {
  keep(scope, nameOf(element), { url: form.action, fields: [...fieldsOf(element)], sent, at: stateOf(element).at ?? Date.now() });
}

function settle(element, name, result, answer, sent = []) {
  const state = stateOf(element);
  takeTexts(element, result.texts ?? {}, sent);
  rename(element, name, result.name);
  const changes = [...(state.emptied ? [state.emptied] : []), ...redraw(answer)];
  showErrors(element, result.errors);
  if (result.state === "conflict") {
    state.held = true;
    tell(element, CONFLICT, true);
    within(element, "[data-focus]")?.focus();
  } else if (result.state === "error") {
    tell(element, CHECK, true);
  } else if (result.state === "saved") {
    drop(scope, name);
    takeVersion(element, result);
    claim(element, answer.moment);
    // what was typed meanwhile goes on from here
    if (state.pending || state.dirty) keepPart(element, null);
    tell(element, `Gespeichert ${answer.at}`, false, changes);
    state.emptied = "";
  }
}

// What was waiting for a decision may stand there by now as it was typed.
function settleWaiting(element, answer) {
  const name = nameOf(element);
  if (answer.parts?.[name]?.state !== "saved") return;
  stateOf(element).held = false;
  settle(element, name, answer.parts[name], { at: answer.at, moment: answer.moment });
}

function retry(element, state, text) {
  tell(element, text, true);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(element), state.wait);
  state.wait = Math.min(state.wait * 2, LONGEST_RETRY);
}

// What became of a part that was sent, as far as our server has said so.
function take(element, name, { status, answer }, newer) {
  const state = stateOf(element);
  if (status === 429 || status >= 500 || (!answer && status !== 413)) {
    retry(element, state, status >= 500 && !answer ? RETRYING : WAITING[status] ?? (answer ? RETRYING : FOREIGN));
    return;
  }
  const { sent } = state;
  state.sent = null;
  state.wait = FIRST_RETRY;
  if (answer?.forget) dropAllOf(answer.forget);
  if (!answer?.parts) {
    tell(element, answer?.forget ? FORGOTTEN : REFUSED[status] ?? REFUSED[400], true);
    return;
  }
  const result = answer.parts[name];
  state.dirty ||= newer;
  if (!result) tell(element, ELSEWHERE, true);
  else if (!newer || result.state === "saved") settle(element, name, result, answer, sent);
}

// Ends once the server has answered, also to what was typed meanwhile, or cannot be reached.
function save(element, leaving = false, fields = fieldsOf(element)) {
  const state = stateOf(element);
  clearTimeout(state.timer);
  if (state.held && !fields.decided) return null;
  if (!state.busy) state.going = transmit(element, state, leaving, fields);
  else Object.assign(state, { dirty: true, decided: fields.decided ? fields : state.decided });
  return state.going;
}

async function transmit(element, state, leaving, fields) {
  const name = nameOf(element);
  state.busy = true;
  // What was sent and never answered may be stored all the same: it goes again as it was, before anything newer;
  // otherwise people would be asked to decide between two texts of their own.
  state.sent ??= fields;
  const newer = !same(state.sent, fields);
  keep(scope, name, { url: form.action, fields: [...fields], sent: state.sent, at: state.at ?? Date.now() });
  try {
    const waiting = waitingWith(element).map((other) => other.element);
    const said = await send(form.action, [...state.sent, ...waiting.flatMap(fieldsOf)], leaving);
    steadily(() => {
      take(element, name, said, newer);
      if (said.answer) waiting.forEach((other) => settleWaiting(other, said.answer));
    });
  } catch {
    steadily(() => retry(element, state, RETRYING));
  }
  state.busy = false;
  if (state.dirty) {
    const next = state.decided ?? fieldsOf(element);
    Object.assign(state, { dirty: false, decided: null, held: state.held && !next.decided });
    await save(element, false, next);
  }
}

const listUnanswered = () => [...parts.values()].filter(({ pending, busy, sent }) => pending || busy || sent);

// All at once, without waiting for a pause; what is on its way already is not sent twice.
async function sendAll() {
  const unanswered = listUnanswered();
  const sending = unanswered.map((state) => {
    if (state.busy && !state.pending) return state.going;
    state.pending = false;
    return save(state.element);
  });
  await Promise.all(sending);
  return unanswered.every(({ sent }) => !sent);
}

// The form carries the versions that its page knows: those of what is saved just now come first. Where the server cannot
// be reached the page stays, and says so.
let pressed = null;

async function sendForm(event) {
  if (pressed === null && !listUnanswered().length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const waits = pressed !== null;
  pressed = { button: event.submitter };
  if (waits) return;
  document.querySelectorAll("[data-save-all]").forEach((each) => write(each, SENDING, false));
  const arrived = await arrive();
  const { button } = pressed;
  pressed = null;
  if (arrived) form.requestSubmit(button?.isConnected ? button : null);
}

// „trifft nicht zu“ needs a reason: nothing is wrong yet while it is being typed.
function waitsForReason(element) {
  const chosen = element.querySelector("input[value=not_applicable]:checked");
  return chosen && element.querySelector("[name$='.reason']")?.value.trim().length < 3;
}

function later(element, pause) {
  const state = stateOf(element);
  clearTimeout(state.timer);
  state.at = Date.now();
  keepPart(element, state.sent);
  if (waitsForReason(element)) {
    state.pending = false;
    tell(element, REASON, false);
    return;
  }
  state.pending = true;
  state.timer = setTimeout(() => {
    state.pending = false;
    save(element);
  }, pause);
}

const partOf = (target) => {
  const element = target.closest("[data-part]");
  return element && !element.matches("[data-new]") && !target.name?.endsWith(".remove") ? element : null;
};

// What excludes each other is kept apart while typing; without this the answer would be refused, naming both.
function keepApart(target) {
  const element = target.closest("[data-part=choice]");
  if (!element) return;
  const radios = [...element.querySelectorAll("input[type=radio]")];
  const values = [...element.querySelectorAll("input[type=checkbox], [name$='.value']")];
  const state = stateOf(element);
  if (values.includes(target)) {
    const filled = target.type === "checkbox" ? target.checked : target.value.trim() !== "";
    if (filled) radios.forEach((radio) => (radio.checked = false));
    state.emptied = "";
  } else if (target.type === "radio") {
    const ticked = values.filter((input) => input.type === "checkbox" && input.checked);
    const typed = values.filter((input) => input.type !== "checkbox" && input.value);
    ticked.forEach((input) => (input.checked = false));
    typed.forEach((input) => (input.value = ""));
    if (ticked.length) state.emptied = ticked.length === 1 ? "1 Haken entfernt" : `${ticked.length} Haken entfernt`;
    else if (typed.length) state.emptied = "Ihre Angabe ist gelöscht";
  }
}

// What stands there now and what was typed, one after the other; what does not fit together is left as it was typed.
function joinBoth(element, name) {
  const field = inputs(element).find((input) => input.name === name);
  const other = form.querySelector(`input[name="${name}-both"]`);
  const together = `${other.value}${field.value}`;
  const fits = [...together].length <= Number(field.dataset.longest);
  if (fits) field.value = together;
  return fits ? [] : [[other.name, other.value]];
}

function forget(element) {
  const state = stateOf(element);
  clearTimeout(state.timer);
  Object.assign(state, { held: false, pending: false, dirty: false });
  drop(scope, nameOf(element));
}

// The page as it stands now, back at the same place.
function readAnew(element) {
  const place = element.closest("section[id], fieldset[id]");
  if (place) window.history.replaceState(null, "", `#${place.id}`);
  window.location.reload();
}

function decide(button) {
  const [, name, decision, version] = /^(.*):(mine|theirs|both):(\d+)$/.exec(button.value) ?? [];
  const element = [...form.querySelectorAll("[data-part]")].find((part) => nameOf(part) === name);
  if (!element) return false;
  forget(element);
  // what is not saved as it is typed goes along: then the form is sent as it is without this script
  if (decision === "theirs" && isDrafting()) return false;
  if (decision === "theirs") {
    readAnew(element);
    return true;
  }
  const left = decision === "both" ? joinBoth(element, name) : [];
  if (!left.length) takeVersion(element, { version, base: "" });
  // the box goes with the decision, and with it the button that has the focus
  inputs(element).find((input) => input.type !== "hidden")?.focus();
  const fields = [...fieldsOf(element), ...left, ["resolve", button.value]];
  fields.decided = true;
  save(element, false, fields);
  return true;
}

// A part of another page: as it was sent before, then as it was typed since.
async function sendElsewhere(name, { url, fields, sent, at }) {
  const { status, answer } = await send(url, sent ?? fields).catch(() => ({}));
  const result = answer?.parts?.[name];
  if (status !== 200 || result?.state !== "saved") return;
  drop(scope, name);
  if (!sent || same(sent, fields)) return;
  const now = result.name ?? name;
  const named = fields.map(([field, value]) => [field.replace(`${name}.`, `${now}.`), renew(field, value, result)]);
  keep(scope, now, { url, fields: named, at });
  await sendElsewhere(now, { url, fields: named, at });
}

function restore() {
  unsent(scope).forEach(([name, entry]) => {
    const element = [...form.querySelectorAll("[data-part]")].find((part) => nameOf(part) === name);
    const folded = document.querySelector(`#frage-${name.split(".")[0]}.card--folded [data-open]`);
    if (!element && folded) {
      window.location.replace(folded.href); // what is not saved yet is shown where it was typed
      return;
    }
    if (!element) {
      sendElsewhere(name, entry);
      return;
    }
    Object.assign(stateOf(element), { sent: stateOf(element).sent ?? entry.sent, at: entry.at });
    const entered = new Map();
    entry.fields.forEach(([field, value]) => entered.set(field, [...(entered.get(field) ?? []), value]));
    inputs(element).forEach((input) => {
      const values = entered.get(input.name) ?? [];
      if (["checkbox", "radio"].includes(input.type)) input.checked = values.includes(input.value);
      else if (values.length) [input.value] = values;
    });
    tell(element, RETRYING, true);
    save(element);
  });
}

/* What somebody entered while this script was on its way has met no listener. */
function catchUp() {
  [...form.elements].filter(isEntered).forEach((input) => {
    if (input.type !== "radio" || input.checked) keepApart(input);
    const element = partOf(input);
    if (element) later(element, 0);
  });
}

function leave() {
  parts.forEach((state) => {
    if (state.pending) {
      state.pending = false;
      save(state.element, true);
    }
  });
}

function isUnsaved(element) {
  const state = element.closest("[data-question]") && parts.get(nameOf(element));
  return unsaved.has(element) || Boolean(state && (state.pending || state.busy || state.dirty || state.held || state.sent));
}

if (form) {
  document.querySelectorAll("[data-self-saving]").forEach((said) => (said.hidden = false));
  spare(isUnsaved);
  announce(sendAll);
  form.addEventListener("submit", sendForm, { capture: true });
  form.addEventListener("input", ({ target }) => {
    keepApart(target);
    const element = partOf(target);
    if (element) later(element, target.matches("textarea, input:not([type=radio], [type=checkbox])") ? TYPING_PAUSE : 0);
  });
  form.addEventListener("change", ({ target }) => {
    const element = partOf(target);
    if (element && stateOf(element).pending) later(element, 0);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=resolve]");
    if (button && decide(button)) event.preventDefault();
  });
  window.addEventListener("online", () => unsent(scope).length && restore());
  window.addEventListener("pagehide", leave);
  catchUp();
  restore();
}
