// Desk keys. The page says which: an element with data-bh-key="J" is clicked when J is pressed
// outside a field. "/" goes to the search, "?" lists the keys of this page.

export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "isComposing">;

/** The key's name as written in data-bh-key, or null when the press belongs to the browser or to an input method. */
export function pressedKey(press: KeyPress): string | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null;
  return press.key.length === 1 ? press.key.toUpperCase() : press.key;
}

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

function keyed(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-bh-key]")].filter(
    (element) => !element.closest("[hidden]") && !element.matches(":disabled, [aria-disabled='true']"),
  );
}

function act(element: HTMLElement): void {
  if (element.matches("input:not([type=checkbox]):not([type=radio]), textarea")) element.focus();
  else element.click();
}

/** The words of the key's owner, without the printed key. */
function label(element: HTMLElement): string {
  if (element.dataset["bhKeyLabel"]) return element.dataset["bhKeyLabel"];
  const copy = element.cloneNode(true) as HTMLElement;
  for (const printed of copy.querySelectorAll(".key")) printed.remove();
  return (copy.textContent ?? "").trim() || element.getAttribute("aria-label") || "";
}

function showKeys(dialog: HTMLDialogElement): void {
  const list = dialog.querySelector("[data-bh-key-list]");
  if (!list) return;
  list.replaceChildren(
    ...keyed().flatMap((element) => {
      const key = document.createElement("dt");
      const printed = document.createElement("span");
      printed.className = "key";
      printed.textContent = element.dataset["bhKey"] ?? "";
      key.append(printed);
      const words = document.createElement("dd");
      words.textContent = label(element);
      return [key, words];
    }),
  );
  dialog.showModal();
}

export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || takesText(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = pressedKey(event);
    if (key === null) return;
    const dialog = document.querySelector<HTMLDialogElement>("dialog[data-bh-keys]");
    if (key === "?" && dialog) {
      event.preventDefault();
      showKeys(dialog);
      return;
    }
    const search = key === "/" && document.querySelector<HTMLElement>("[role=search] input");
    if (search) {
      event.preventDefault();
      search.focus();
      return;
    }
    const owner = keyed().find((element) => element.dataset["bhKey"]?.toUpperCase() === key.toUpperCase());
    if (!owner) return;
    event.preventDefault();
    act(owner);
  });
}
