// Choosing questions: a criterion ticks all of its questions and says how many are chosen.
// Without this script a ticked criterion stands for all of its questions, too.

const boxes = (group) => [...group.querySelectorAll('input[name="questions"]')];

const show = (group, all) => {
  const chosen = boxes(group).filter((box) => box.checked).length;
  const total = boxes(group).length;
  all.checked = chosen === total;
  all.indeterminate = chosen > 0 && chosen < total;
  const nothing = `${total} ${total === 1 ? "Frage" : "Fragen"}`;
  group.querySelector("[data-pick-count]").textContent = chosen ? `${chosen} von ${total}` : nothing;
};

document.querySelectorAll("[data-pick] details").forEach((group) => {
  const all = group.querySelector("[data-pick-all]");
  all.addEventListener("change", () => {
    boxes(group).forEach((box) => {
      box.checked = all.checked;
    });
    show(group, all);
  });
  boxes(group).forEach((box) => box.addEventListener("change", () => show(group, all)));
  show(group, all);
});
