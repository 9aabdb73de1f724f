// What could not be sent yet, kept in this browser: per link of a self-check, at most seven days.

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
    return Array.isArray(entry.fields) && entry.at > Date.now() - SEVEN_DAYS ? entry : null;
  } catch {
    return null;
  }
};

// `sent`: what of it went to the server and has not been answered.
export function keep(scope, part, url, fields, sent) {
  try {
    storage()?.setItem(`${PREFIX}${scope}:${part}`, JSON.stringify({ url, fields, sent, at: Date.now() }));
  } catch {
    // full or forbidden: the page itself still holds the text
  }
}

export function drop(scope, part) {
  storage()?.removeItem(`${PREFIX}${scope}:${part}`);
}

// Everything of one self-check, whatever link it came by.
export function dropAllOf(check) {
  keys(`${PREFIX}${check}-`).forEach((key) => storage().removeItem(key));
}

// All that is unsent for `scope`, as [part, entry]; entries past their time or damaged are removed.
export function unsent(scope) {
  const prefix = `${PREFIX}${scope}:`;
  const found = [];
  keys(PREFIX).forEach((key) => {
    const entry = read(key);
    if (!entry) storage().removeItem(key);
    else if (key.startsWith(prefix)) found.push([key.slice(prefix.length), entry]);
  });
  return found;
}
