// Draws anew what an answer of the server brings. Answers may overtake each other: every place shows the one that knows
// most. What stays the same stays in the page, so that nobody loses the focus, a click or what they are typing.

const SAME = ["id", "data-part", "name"];
const drawn = new Map(); // element or name -> the moment that it shows
let newest = 0;
let isUnsaved = () => false;

// `test` says of a part whether it holds anything that is not stored: then nobody draws over it.
export const spare = (test) => {
  isUnsaved = test;
};

// An answer to what is sent now knows at least this much.
export const known = () => newest;

const isOlder = (place, moment) => moment < (drawn.get(place) ?? 0);

// Whether `place` may show what was so at `moment`; then it counts as shown.
export function claim(place, moment) {
  if (isOlder(place, moment)) return false;
  drawn.set(place, moment);
  newest = Math.max(newest, moment);
  return true;
}

const isKept = (node, moment) => isOlder(node, moment) || (node.matches?.("[data-part]") && isUnsaved(node));

const isSame = (one, other) =>
  one.nodeName === other.nodeName &&
  (one.nodeType !== Node.ELEMENT_NODE || SAME.every((name) => one.getAttribute(name) === other.getAttribute(name)));

function takeAttributes(node, wanted) {
  [...node.attributes]
    .filter(({ name }) => !wanted.hasAttribute(name) && !(name === "open" && node.matches("details"))) // somebody unfolded it
    .forEach(({ name }) => node.removeAttribute(name));
  [...wanted.attributes]
    .filter(({ name, value }) => node.getAttribute(name) !== value)
    .forEach(({ name, value }) => node.setAttribute(name, value));
}

function takeEntry(field, wanted) {
  if (["checkbox", "radio"].includes(field.type)) field.checked = wanted.checked;
  else if (field.value !== wanted.value) field.value = wanted.value;
}

function become(node, wanted, moment) {
  if (isKept(node, moment)) return;
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== wanted.data) node.data = wanted.data;
    return;
  }
  takeAttributes(node, wanted);
  if (node.matches("input, textarea")) takeEntry(node, wanted);
  fill(node, wanted, moment);
}

// What stands in `place` becomes what stands in `source`, with as few new nodes as possible and none that is moved.
function fill(place, source, moment) {
  let next = place.firstChild;
  const skip = (until) => {
    while (next !== until) {
      const gone = next;
      next = next.nextSibling;
      if (!isKept(gone, moment)) gone.remove();
    }
  };
  [...source.childNodes].forEach((wanted) => {
    let found = next;
    while (found && !isSame(found, wanted)) found = found.nextSibling;
    if (!found) {
      place.insertBefore(wanted, next);
      return;
    }
    skip(found);
    next = found.nextSibling;
    become(found, wanted, moment);
  });
  skip(null);
}

export function draw(place, html, moment) {
  if (!claim(place, moment)) return;
  const source = document.createElement("template");
  source.innerHTML = html;
  fill(place, source.content, moment);
}
