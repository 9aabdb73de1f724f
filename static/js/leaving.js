// A word of warning before typed text would be left: for pages whose forms are sent by their buttons alone.

import { isEntered } from "./draft.js";

const forms = [...document.querySelectorAll('main form[method="post"]')];

// What the server handed back stands in its field as if it were stored.
const faults = [...document.querySelectorAll("#fehler a[href^='#']")];
const wrong = new Set(faults.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1)))?.closest("form")));
const isFilled = (form) => [...form.querySelectorAll("textarea, [type='text'], [type='radio']:checked")].some(({ value }) => value !== "");
const isReturned = (form) => wrong.has(form) || (form.closest("[data-unsaved]") && isFilled(form));
const isUnsaved = (form) => isReturned(form) || [...form.elements].some(isEntered);

let sent = null;

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) sent = event.target;
});

// Asked about the form that was sent only when the page is left once more. Where somebody stays it may be sent again.
window.addEventListener("beforeunload", (event) => {
  if (forms.some((form) => form !== sent && isUnsaved(form))) {
    event.preventDefault();
    if (sent?.dataset.once) sent.dataset.once = "";
  }
  sent = null;
});
