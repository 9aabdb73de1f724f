// The page narrows itself down while somebody types. What is found, the server says: the same words mean the same thing
// with this script and without.

const form = document.querySelector("form[data-search]");
const results = document.querySelector("[data-results]");
const WAIT = 250;
let waiting;
let asked = 0;

const look = async () => {
  const number = (asked += 1);
  const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  const address = `${form.getAttribute("action")}${wanted.size ? `?${wanted}` : ""}`;
  let page;
  try {
    const answer = await fetch(address);
    if (!answer.ok) return;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // the button asks again, and the browser says what is wrong
  }
  const found = page.querySelector("[data-results]");
  if (number !== asked || !found) return;
  results.replaceChildren(...found.childNodes);
  document.querySelector("[data-said]").replaceChildren(...page.querySelector("[data-said]").childNodes);
  history.replaceState(null, "", address);
};

if (form && results) {
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT);
  });
}
