// What is entered for something new is saved with its button only. Until then it stays in this browser, so that
// nothing typed is lost with the page.

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

if (form) {
  const kept = new Map(unsent(scope));
  places().forEach((element) => {
    const draft = kept.get(placeOf(element));
    if (draft && !fieldsOf(element).some(isEntered)) fill(element, draft.fields);
  });
  form.addEventListener("input", ({ target }) => {
    const element = target.closest("[data-new]");
    if (!element) return;
    const entered = fieldsOf(element).filter(isEntered);
    const said = entered.filter((field) => field.type !== "radio" || field.checked); // not the one that was let go
    if (entered.length) keep(scope, placeOf(element), form.action, said.map((field) => [lastOf(field.name), field.value]));
    else drop(scope, placeOf(element));
  });
  // Pages that say what is wrong hand everything back; only where nobody answers it has to stay here.
  form.addEventListener("submit", () => navigator.onLine && places().forEach((element) => drop(scope, placeOf(element))));
}
