// A file of a piece of evidence: sent as soon as it is chosen or dropped, with a bar and a way to stop it. Without this
// script it goes with the form.

import { arrive, BRIEFLY } from "./arrive.js";

const FAILED = "Die Datei ist nicht angekommen. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.";
const STOPPED = "Abgebrochen. Die Datei wurde nicht gespeichert.";
const ONE = "Bitte ziehen Sie nur eine Datei hierher.";

const say = (place, text, failed) => {
  place.classList.toggle("upload__state--failed", failed);
  place.textContent = text;
};

const read = (request) => {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
};

// `done` gets the address of the page on which the file stands then, and what went with it. Returns what stops whatever is on its way.
export function watch(form, done) {
  const place = form.querySelector("[data-upload]");
  if (!place) return () => {};
  const field = place.querySelector("input[type=file]");
  const running = place.querySelector("[data-running]");
  const bar = running.querySelector("progress");
  const state = place.querySelector("[data-upload-state]");
  let request = null;

  const end = (text) => {
    request = null;
    running.hidden = true;
    field.value = "";
    field.disabled = false;
    say(state, text, true);
    field.focus();
  };

  const show = (file, share) => {
    bar.value = share;
    const text = share < 100 ? `„${file.name}“ wird hochgeladen` : `„${file.name}“ wird geprüft und gespeichert`;
    if (state.textContent !== text) say(state, text, false);
  };

  function send(file) {
    if (request) return;
    if (file.size > Number(place.dataset.largest)) {
      end(place.dataset.tooLarge);
      return;
    }
    const body = new FormData(form);
    body.set("file", file);
    request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => show(file, Math.round((loaded / total) * 100)));
    request.addEventListener("load", ({ target }) => {
      const { href, text } = read(target);
      if (href) done(href, body);
      else end(text ?? FAILED);
    });
    request.addEventListener("error", () => end(FAILED));
    request.addEventListener("abort", () => end(STOPPED));
    // What was said of the file before is no longer the last word.
    document.querySelectorAll("[data-done]").forEach((said) => said.remove());
    place.querySelector(".kern-error")?.remove();
    place.classList.remove("kern-form-input--error");
    field.removeAttribute("aria-invalid");
    running.hidden = false;
    field.disabled = true;
    show(file, 0);
    request.send(body);
    running.querySelector("[data-cancel]").focus();
  }

  const drag = (over) => (event) => {
    event.preventDefault();
    place.classList.toggle("upload--over", over);
  };

  place.classList.add("upload--drop");
  field.addEventListener("change", async () => {
    await arrive(BRIEFLY);
    if (field.files[0]) send(field.files[0]);
  });
  running.querySelector("[data-cancel]").addEventListener("click", () => request?.abort());
  place.addEventListener("dragover", drag(true));
  place.addEventListener("dragleave", drag(false));
  place.addEventListener("drop", async (event) => {
    drag(false)(event);
    const files = [...event.dataTransfer.files]; // gone once the event is over
    await arrive(BRIEFLY);
    if (files.length === 1) send(files[0]);
    else if (files.length) say(state, ONE, true);
  });
  return () => request?.abort();
}

const form = document.querySelector("main form[data-piece-form]");
if (form) watch(form, (href) => window.location.assign(href));
