// Prüfansicht: keys with a modifier, and text blocks at the cursor.

const form = document.querySelector("form[data-judging]");

// What stands there is read out once the page is complete; a live region tells only what changes.
const place = document.querySelector("[data-place]");
if (place) {
  const said = place.textContent;
  place.textContent = "";
  setTimeout(() => {
    place.textContent = said;
  }, 200);
}

if (form) {
  let field = null;

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-judging] textarea")) field = target;
  });

  const list = form.querySelector(".judging__list");
  const current = list?.querySelector("[aria-current]");
  if (current && list.scrollHeight > list.clientHeight) list.scrollTop = current.offsetTop - list.clientHeight / 2;

  document.addEventListener("click", (event) => {
    const block = event.target.closest("[data-insert]");
    if (!block) return;
    event.preventDefault();
    const place = block.closest(".query, #neue-rueckfrage, .judging__own");
    const into = place.contains(field) ? field : place.querySelector("[data-insert-here]");
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
    const link = way && form.querySelector(way);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
