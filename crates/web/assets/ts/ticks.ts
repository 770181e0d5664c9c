// <details data-bh-ticks>: a long list of boxes. Without a script it only unfolds; with one it can be
// searched, and its heading follows what is ticked.

function findIn(fold: HTMLDetailsElement): void {
  const find = fold.querySelector<HTMLElement>(".ticks-find");
  const input = find?.querySelector<HTMLInputElement>("input");
  if (!find || !input) return;
  find.hidden = false;
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const label of fold.querySelectorAll<HTMLElement>(".ticks label")) {
      const isTicked = label.querySelector<HTMLInputElement>("input")?.checked ?? false;
      const words = (label.textContent ?? "").toLowerCase();
      label.hidden = !isTicked && !words.includes(wanted);
    }
  });
  // Enter would send the form that the field stands in.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

function tell(fold: HTMLDetailsElement): void {
  const summary = fold.querySelector("summary");
  if (!summary) return;
  const ticked = [...fold.querySelectorAll<HTMLInputElement>(".ticks input:checked")];
  const names = ticked.map((box) => box.closest("label")?.querySelector("b")?.textContent?.trim() ?? "");
  const words = names.length > 0 ? fold.dataset["count"] : fold.dataset["none"];
  summary.textContent = (words ?? "").replace("{n}", String(names.length)).replace("{names}", names.join("、"));
}

export function unfoldTicks(): void {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>("details[data-bh-ticks]")) {
    findIn(fold);
    fold.addEventListener("change", () => tell(fold));
  }
}
