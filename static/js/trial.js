// Counts anew as soon as an answer is tried out; without this the form has a button for it.

import { draw } from "./draw.js";
import { steadily } from "./steady.js";

const form = document.querySelector("form[data-try]");
const TYPING_PAUSE = 600;
let timer, asked = 0;

const address = () => `${form.action}?${new URLSearchParams(new FormData(form))}`;

// What the answer says stands where it stood; a question that is only chosen yet waits for its button.
function put(page, moment) {
  document.querySelectorAll("[data-trial]").forEach((place) => {
    const drawn = page.querySelector(`[data-trial="${place.dataset.trial}"]`);
    if (drawn) draw(place, drawn.innerHTML, moment);
  });
}

async function count() {
  const mine = ++asked, wanted = address();
  const response = await fetch(wanted).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (mine !== asked) return;
  steadily(() => put(page, mine));
  window.history.replaceState(null, "", wanted);
}

form?.addEventListener("input", ({ target }) => {
  if (target.tagName === "SELECT") return;
  clearTimeout(timer);
  timer = setTimeout(count, target.type === "text" ? TYPING_PAUSE : 0);
});
