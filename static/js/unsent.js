// What is not stored yet, kept in this browser: per place in a self-check, at most seven days. Every page loads this and
// clears up: what is too old, what the server says is stored, and everything once somebody has signed out.

const PREFIX = "selbstcheck:";
const SEVEN_DAYS = 7 * 24 * 3600 * 1000;

const storage = () => {
  try {
    return window.localStorage;
  } catch {
    return null; // storage may be switched off; saving works without it
  }
};

const keys = (prefix) => {
  const kept = storage();
  return kept ? Object.keys(kept).filter((key) => key.startsWith(prefix)) : [];
};

const read = (key) => {
  try {
    const entry = JSON.parse(storage().getItem(key));
    const age = Date.now() - entry.at;
    return Array.isArray(entry.fields) && age < SEVEN_DAYS && age > -SEVEN_DAYS ? entry : null;
  } catch {
    return null;
  }
};

const write = (key, entry) => {
  try {
    storage()?.setItem(key, JSON.stringify(entry));
  } catch {
    // full or forbidden: the page itself still holds the text
  }
};

export const same = (some, others) => JSON.stringify(some) === JSON.stringify(others);

// `entry`: `url` and `fields`, and `sent`, what of it went to the server and has not been answered. Something new also has
// the `key` under which the server makes it. `at` is when it was typed.
export function keep(scope, part, entry) {
  write(`${PREFIX}${scope}:${part}`, { at: Date.now(), ...entry });
}

export function drop(scope, part) {
  storage()?.removeItem(`${PREFIX}${scope}:${part}`);
}

// Everything of one self-check, whatever link it came by; without one everything there is.
export function dropAllOf(check = "") {
  keys(check ? `${PREFIX}${check}-` : PREFIX).forEach((key) => storage().removeItem(key));
}

// All that is unsent for `scope`, as [part, entry].
export function unsent(scope) {
  const prefix = `${PREFIX}${scope}:`;
  return keys(prefix).map((key) => [key.slice(prefix.length), read(key)]).filter(([, entry]) => entry);
}

// The server has made what went to it under `entry.key`; what was typed since is something new again.
function settle(key, { url, fields, sent, at }) {
  if (!sent || same(fields, sent)) storage().removeItem(key);
  else write(key, { url, fields, at });
}

function clearUp({ stored, forget }) {
  if (forget !== undefined) dropAllOf(forget);
  const made = (stored ?? "").split(" ").filter(Boolean);
  keys(PREFIX).forEach((key) => {
    const entry = read(key);
    if (!entry) storage().removeItem(key);
    else if (made.includes(entry.key)) settle(key, entry);
  });
}

clearUp(document.body.dataset);
