// The list of what has not arrived. Its markup and all words come from the page: a <template> with
// slots, and one data attribute for each state, such as data-sending="正在送 {n} %".
import type { Draft, State } from "./draft";

export type Shares = ReadonlyMap<string, number[]>;

export function stateWords(words: DOMStringMap, state: State, percent: number): string {
  const name = state.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return (words[name] ?? "").replace("{n}", String(percent));
}

export function showDrafts(list: HTMLElement, drafts: Draft[], shares: Shares, discard: (draft: Draft) => void): void {
  const template = list.querySelector("template");
  const rows = list.querySelector("ul");
  if (!template || !rows) return;
  list.hidden = drafts.length === 0;
  for (const count of list.querySelectorAll("[data-bh-outbox-count]")) count.textContent = String(drafts.length);
  for (const picture of rows.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
  rows.replaceChildren(...drafts.map((draft) => row(list, template, draft, shares.get(draft.command) ?? [], discard)));
}

function row(
  list: HTMLElement,
  template: HTMLTemplateElement,
  draft: Draft,
  shares: number[],
  discard: (draft: Draft) => void,
): DocumentFragment {
  const item = template.content.cloneNode(true) as DocumentFragment;
  const slot = (name: string) => item.querySelector<HTMLElement>(`[data-slot=${name}]`);
  const lowest = shares.length > 0 ? Math.min(...shares) : 0;

  fill(slot("title"), draft.title);
  fill(slot("state"), stateWords(list.dataset, draft.state, lowest));
  fill(slot("message"), draft.message);
  slot("photos")?.replaceChildren(
    ...draft.files.map(([, file], i) => {
      const state = draft.state === "sending" && shares[i] === 100 ? "sent" : draft.state;
      return photo(file, stateWords(list.dataset, state, shares[i] ?? 0));
    }),
  );
  const link = slot("link");
  if (link instanceof HTMLAnchorElement) {
    link.hidden = draft.link === "";
    link.href = draft.link;
  }
  slot("discard")?.addEventListener("click", () => discard(draft));
  return item;
}

function fill(element: HTMLElement | null, words: string): void {
  if (!element) return;
  element.textContent = words;
  element.hidden = words === "";
}

function photo(file: File, words: string): HTMLElement {
  const figure = document.createElement("figure");
  figure.className = "th";
  const caption = document.createElement("figcaption");
  caption.textContent = words;
  if (file.type.startsWith("image/")) {
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(file);
    picture.alt = "";
    figure.append(picture);
  }
  figure.append(caption);
  return figure;
}
