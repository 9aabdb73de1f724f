// Says the day in a field in words while it is typed. What counts as a day the server decides; this helps to see the month.

const WRITTEN = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$/;
const IN_WORDS = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

function find(text) {
  const [, day, month, year] = WRITTEN.exec(text.trim()) ?? [];
  if (!day) return null;
  const found = new Date(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month) - 1, Number(day));
  return found.getDate() === Number(day) && found.getMonth() === Number(month) - 1 ? found : null;
}

export function sayDay(input) {
  const place = input.closest(".kern-form-input")?.querySelector("[data-day-words]");
  if (place) place.textContent = find(input.value)?.toLocaleDateString("de-DE", IN_WORDS) ?? "";
}

document.addEventListener("input", ({ target }) => target.matches("[data-day]") && sayDay(target));
