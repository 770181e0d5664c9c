// A wide table scrolls inside its own box. A keyboard reaches such a box only when it takes the focus, and
// one that has nothing to scroll, or holds links that are stops already, must not be another.

const BOXES = ".ledger-wrap, .listing, .why-panel, .path, .dup, .scroll, .inlist, .codebox, .cmd";

function overflows(box: HTMLElement): boolean {
  return box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
}

function hasStops(box: HTMLElement): boolean {
  return box.querySelector("a[href], button, input, select, textarea, summary") !== null;
}

function refresh(box: HTMLElement): void {
  if (overflows(box) && !hasStops(box)) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

export function reachScrollers(): void {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) if (target instanceof HTMLElement) refresh(target);
  });
  for (const box of document.querySelectorAll<HTMLElement>(BOXES)) watch.observe(box);
}

/** A long list opens where its current line is. */
export function showCurrentLine(): void {
  for (const list of document.querySelectorAll<HTMLElement>(".inlist")) {
    const line = list.querySelector<HTMLElement>("[aria-current]");
    if (line) list.scrollTop = line.offsetTop - list.offsetTop - line.offsetHeight;
  }
}
