// Rows picked in a list, and how many: the action bar of a worklist says what it will act on.
// <form data-bh-pick data-count-words="选中{n}件" data-none-words="先勾选"> … <input type=checkbox name=…>
// … <output data-bh-pick-count> … <button data-bh-pick-bar data-count-words="签收{n}件">

export function countWords(pattern: string, count: number): string {
  return pattern.replace("{n}", count.toLocaleString("en-US"));
}

function boxes(form: HTMLElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>("input[type=checkbox]:not([data-bh-pick-all]):not(:disabled)")];
}

function refresh(form: HTMLElement): void {
  const all = boxes(form);
  const picked = all.filter((box) => box.checked);
  for (const box of all) {
    const row = box.closest("tr");
    if (row && box.checked) row.setAttribute("aria-selected", "true");
    else row?.removeAttribute("aria-selected");
  }
  for (const whole of form.querySelectorAll<HTMLInputElement>("[data-bh-pick-all]")) {
    whole.checked = all.length > 0 && picked.length === all.length;
    whole.indeterminate = picked.length > 0 && picked.length < all.length;
  }
  for (const words of form.querySelectorAll<HTMLElement>("[data-bh-pick-count]")) {
    const none = picked.length === 0 ? form.dataset["noneWords"] : undefined;
    words.textContent = none ?? countWords(form.dataset["countWords"] ?? "{n}", picked.length);
  }
  for (const bar of form.querySelectorAll<HTMLElement>("[data-bh-pick-bar]")) {
    bar.hidden = picked.length === 0;
    const words = bar.dataset["countWords"];
    if (words) bar.textContent = countWords(words, picked.length);
  }
}

export function watchPicks(): void {
  for (const form of document.querySelectorAll<HTMLElement>("[data-bh-pick]")) refresh(form);
  document.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const form = event.target.closest<HTMLElement>("[data-bh-pick]");
    if (!form) return;
    if (event.target.matches("[data-bh-pick-all]")) {
      for (const box of boxes(form)) box.checked = event.target.checked;
    }
    refresh(form);
  });
}
