// What is entered for something new is saved with its button only. Until a page of ours says that it is stored it stays
// in this browser, so that nothing typed is lost with the page, the connection or the server.

import { drop, keep, unsent } from "./unsent.js";

const form = document.querySelector("form[data-autosave]");
const scope = `${form?.dataset.autosave}+`; // apart from what save.js sends by itself
const fieldsOf = (element) => [...element.querySelectorAll("input:not([type=hidden]), select, textarea")];
const placeOf = (element) => `${element.closest("[id]")?.id}.${fieldsOf(element)[0].name.split(".")[0]}`;
const lastOf = (name) => name.slice(name.lastIndexOf(".") + 1); // what stands before is another one on each page
const places = () => [...(form?.querySelectorAll("[data-new]") ?? [])];

export const isEntered = (input) => {
  if (["checkbox", "radio"].includes(input.type)) return input.checked !== input.defaultChecked;
  if (input.type === "select-one") return input.selectedIndex !== Math.max([...input.options].findIndex((option) => option.defaultSelected), 0);
  return ["text", "textarea", "date", "number", "url"].includes(input.type) && input.value !== input.defaultValue;
};

export const isDrafting = () => places().some((element) => fieldsOf(element).some(isEntered));

// Under its key the server makes something new only once, however often it is sent. The key is a hidden field, or stands
// in the names of all fields.
const KEY_IN_NAME = /(^|\.)n([0-9a-f]{8,40})$/;
const keyField = (element) => element.querySelector("[name$='-key'], [name$='.creation']");
const keyOf = (element) => keyField(element)?.value ?? KEY_IN_NAME.exec(element.dataset.part)?.[2];

function takeKey(element, key) {
  const field = keyField(element);
  if (field) field.value = key;
  if (field || !KEY_IN_NAME.test(element.dataset.part)) return;
  const before = element.dataset.part;
  element.dataset.part = before.replace(KEY_IN_NAME, `$1n${key}`);
  element.querySelectorAll("[name]").forEach((input) => {
    input.name = input.name.replace(`.${before}.`, `.${element.dataset.part}.`);
  });
}

// Also what the server has handed back, because something was wrong with it.
const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
const isFilled = (field) => (isTicked(field) || field.type === "select-one" ? isEntered(field) : field.value !== "");
const said = (element) =>
  fieldsOf(element)
    .filter((field) => (isTicked(field) ? field.checked : isFilled(field)))
    .map((field) => [lastOf(field.name), field.value]);

function unfold(element) {
  for (let around = element.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
}

function fill(element, entered) {
  fieldsOf(element).forEach((field) => {
    const values = entered.filter(([name]) => name === lastOf(field.name)).map(([, value]) => value);
    if (!values.length) return;
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else [field.value] = values;
  });
  unfold(element);
}

function restore(element, draft) {
  if (fieldsOf(element).some(isEntered)) return;
  fill(element, draft.fields);
  // it may have arrived, and nobody has heard of it
  if (draft.key) takeKey(element, draft.key);
}

if (form) {
  const kept = new Map(unsent(scope));
  places().forEach((element) => {
    const draft = kept.get(placeOf(element));
    if (draft) restore(element, draft);
  });
  form.addEventListener("input", ({ target }) => {
    const element = target.closest("[data-new]");
    if (!element) return;
    if (!fieldsOf(element).some(isFilled)) drop(scope, placeOf(element));
    else keep(scope, placeOf(element), { url: form.action, fields: said(element) });
  });
  form.addEventListener("submit", () => {
    places().filter((element) => fieldsOf(element).some(isFilled)).forEach((element) => {
      const fields = said(element);
      keep(scope, placeOf(element), { url: form.action, fields, sent: fields, key: keyOf(element) });
    });
  });
}
