// Prüfansicht: keys with a modifier, text blocks at the cursor, and a word of warning before typed text would be left.

const page = document.querySelector("[data-judging]");
const form = document.querySelector("form[data-judgement]");
const state = (each) => JSON.stringify([...new FormData(each)].filter(([name]) => name !== "csrf_token"));

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
  const forms = [...page.querySelectorAll("form")];
  const before = new Map(forms.map((each) => [each, state(each)]));
  let sent = null;
  let field = null;

  document.addEventListener("submit", ({ target }) => {
    sent = target;
  });

  window.addEventListener("beforeunload", (event) => {
    if (forms.some((each) => each !== sent && state(each) !== before.get(each))) event.preventDefault();
  });

  window.addEventListener("pageshow", () => {
    sent = null;
  });

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-judging] textarea")) field = target;
  });

  const list = page.querySelector(".judging__list");
  const current = list?.querySelector("[aria-current]");
  if (current && list.scrollHeight > list.clientHeight) list.scrollTop = current.offsetTop - list.clientHeight / 2;

  document.addEventListener("click", (event) => {
    const block = event.target.closest("[data-insert]");
    if (!block) return;
    event.preventDefault();
    const own = block.form.querySelector("[data-insert-here]");
    const into = field?.form === block.form ? field : own;
    into.focus();
    into.setRangeText(block.dataset.insert, into.selectionStart, into.selectionEnd, "end");
    into.dispatchEvent(new Event("input", { bubbles: true }));
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
