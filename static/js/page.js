// Small comforts of single pages: copying a link, printing, sending only once.

import "./day.js";

const button = (text) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "kern-btn kern-btn--secondary btn--small";
  made.innerHTML = '<span class="kern-label"></span>';
  made.firstChild.textContent = text;
  return made;
};

document.querySelectorAll("[data-copy]").forEach((field) => {
  const copy = button(field.dataset.copy || "Link kopieren");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  copy.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Kopiert";
    } catch {
      said.textContent = "Der Text ist markiert. Kopieren Sie ihn mit Strg + C.";
    }
  });
  // What can be done with the text stands in one row.
  const row = field.parentElement.nextElementSibling;
  if (row?.matches(".actions")) {
    row.prepend(copy);
    row.append(said);
  } else field.after(copy, said);
});

document.querySelectorAll("[data-print]").forEach((place) => {
  const print = place.matches("button") ? place : button("Drucken");
  print.addEventListener("click", () => window.print());
  if (print !== place) place.replaceChildren(print);
});

// What can be done only once is not sent twice by a double click.
document.querySelectorAll("form[data-once]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.once === "sent") event.preventDefault();
    form.dataset.once = "sent";
  });
});
// Back from the next page; the event also comes when this one has been loaded, and somebody quick has sent by then.
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  document.querySelectorAll("form[data-once]").forEach((form) => {
    form.dataset.once = "";
  });
});
