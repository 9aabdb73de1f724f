// The page of one piece of evidence in place: a dialog with its form. Without this script the link leads to that page.

const dialogs = new Map(); // address -> dialog with what was typed and not sent
const PLACES = ["[data-total]", "[data-criterion]", "[data-index]", "[data-nav]", ".chips"];
const FAILED = "Nicht gespeichert. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.";

const read = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");

// What the page says by now, where it shows evidence and points.
function renew(page) {
  document.querySelectorAll("[data-fresh], [id^='stand-']").forEach((place) => {
    const now = page.getElementById(place.id);
    if (now) place.innerHTML = now.innerHTML;
  });
  PLACES.forEach((selector) => {
    const now = page.querySelectorAll(selector);
    document.querySelectorAll(selector).forEach((place, index) => {
      if (now[index]) place.innerHTML = now[index].innerHTML;
    });
  });
  document.querySelectorAll("section.card[id]").forEach((card) => {
    const now = page.getElementById(card.id);
    if (now) card.classList.toggle("card--work", now.classList.contains("card--work"));
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

function show(dialog, page) {
  const form = page.querySelector("form[data-piece-form]");
  const title = page.querySelector("h1");
  if (!form || !title) return false;
  title.id = "nachweis-titel";
  dialog.replaceChildren(title, form);
  form.querySelector("[autofocus]")?.focus();
  return true;
}

async function submit(event, dialog, link) {
  event.preventDefault();
  const form = event.target;
  const button = event.submitter;
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.append(button.name, button.value);
  try {
    const response = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "text/html" } });
    const page = await read(response);
    if (response.ok && response.redirected) {
      dialogs.delete(link.href);
      dialog.close();
      dialog.remove();
      renew(page);
      focusNear(link);
    } else if (!show(dialog, page)) {
      tell(dialog, FAILED);
    }
  } catch {
    tell(dialog, FAILED);
  }
}

async function open(link) {
  const kept = dialogs.get(link.href);
  if (kept) {
    kept.showModal();
    return;
  }
  const response = await fetch(link.href, { headers: { Accept: "text/html" } });
  const dialog = document.createElement("dialog");
  dialog.className = "piece-dialog";
  dialog.setAttribute("aria-labelledby", "nachweis-titel");
  if (!response.ok || !show(dialog, await read(response))) {
    window.location.assign(link.href);
    return;
  }
  dialog.addEventListener("submit", (event) => submit(event, dialog, link));
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("input", () => dialogs.set(link.href, dialog));
  dialog.addEventListener("close", () => {
    if (dialog.isConnected && !dialogs.has(link.href)) dialog.remove();
    focusNear(link);
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-piece]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link).catch(() => window.location.assign(link.href));
});
