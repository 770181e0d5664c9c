// <button data-bh-copy="#code" data-copied="已复制">: shown only where the browser can copy, since
// without a script it would do nothing.

export function offerCopy(): void {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-bh-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const source = document.querySelector(button.dataset["bhCopy"] ?? "");
  if (!source?.textContent) return;
  await navigator.clipboard.writeText(source.textContent.trim());
  button.textContent = button.dataset["copied"] ?? button.textContent;
}
