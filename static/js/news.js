// Says at a question that somebody else has changed it since this page was drawn. It only reads, and moves nothing.

import { isDrafting } from "./draft.js";
import { steadily } from "./steady.js";

const PAUSE = 30000;
const SEND_FIRST = "Senden Sie zuerst ab, was Sie hier noch schreiben. Danach können Sie neu laden.";

const form = document.querySelector("form[data-news-from]");
let since = form?.dataset.newsSince ?? "";
let asked = Date.now();
let timer;

function reload(event, place, question) {
  event.preventDefault();
  // everything else is saved as it is typed
  if (isDrafting()) {
    place.textContent = SEND_FIRST;
    return;
  }
  window.history.replaceState(null, "", `#frage-${question}`);
  window.location.reload();
}

function tell(question, text) {
  const place = document.getElementById(`frage-${question}`)?.querySelector("[data-news]");
  if (!place) return;
  const link = document.createElement("a");
  link.href = `#frage-${question}`;
  link.textContent = "neu laden";
  link.addEventListener("click", (event) => reload(event, place, question));
  place.replaceChildren(`${text} – `, link);
}

async function ask() {
  asked = Date.now();
  try {
    const response = await fetch(`${form.dataset.newsFrom}?seit=${since}`, { headers: { Accept: "application/json" } });
    if (response.status >= 400 && response.status < 500 && response.status !== 429) clearInterval(timer);
    if (!response.ok || response.redirected) return;
    const answer = await response.json();
    if (!answer.questions) return; // somebody else's page
    since = answer.newest;
    steadily(() => Object.entries(answer.questions).forEach(([question, text]) => tell(question, text)));
  } catch {
    // without connection there is no news; saving says so
  }
}

if (form) {
  timer = setInterval(() => document.hidden || ask(), PAUSE);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - asked > PAUSE) ask();
  });
  if (!since) ask();
}
