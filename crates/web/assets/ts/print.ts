// <button data-bh-print hidden>: without a script it would do nothing, so it is shown by one.

export function offerPrint(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-bh-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
