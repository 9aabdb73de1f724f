// Prüfansicht: keys with a modifier, text blocks at the cursor, and a word of warning before typed text would be left.

const page = document.querySelector("[data-judging]");
const form = document.querySelector("form[data-judgement]");
const state = () => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrf_token"));

// What stands there is read out once the page is complete; a live region tells only what changes.
const place = document.querySelector("[data-place]");
if (place) {
  const said = place.textContent;
  place.textContent = "";
  setTimeout(() => {
    place.textContent = said;
  }, 200);
}

if (page && form) {
  const before = state();
  let sent = false;
  let field = form.querySelector("[data-insert-here]");

  form.addEventListener("submit", () => {
    sent = true;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!sent && state() !== before) event.preventDefault();
  });

  window.addEventListener("pageshow", () => {
    sent = false;
  });

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-insert-here]")) field = target;
  });

  document.addEventListener("click", (event) => {
    const block = event.target.closest("[data-insert]");
    if (!block || !field) return;
    event.preventDefault();
    field.focus();
    field.setRangeText(block.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && !event.altKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value="next"]'));
      return;
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const way = { n: "[data-next]", p: "[data-previous]" }[event.key.toLowerCase()];
    const link = way && page.querySelector(way);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
