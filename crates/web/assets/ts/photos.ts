// <input type=file data-bh-photos data-camera="拍照" data-album="从相册选" data-cut="删除" data-nth="第{n}张">:
// the photos chosen so far are shown, more can be added and each taken back. The input keeps them all,
// so the form is sent as it would be without this.
import { filled } from "./steps";

function keep(input: HTMLInputElement, files: File[]): void {
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  input.files = carrier.files;
}

/** Chosen again is not chosen twice. */
export function joined<T extends { name: string; size: number; lastModified: number }>(before: T[], more: T[]): T[] {
  const same = (a: T, b: T) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
  return [...before, ...more.filter((file) => !before.some((known) => same(known, file)))];
}

function button(words: string | undefined, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "pbtn";
  made.textContent = words ?? "";
  made.addEventListener("click", press);
  return made;
}

function offer(input: HTMLInputElement): void {
  let files: File[] = [];
  const shown = document.createElement("div");
  shown.className = "photos";
  shown.setAttribute("aria-live", "polite");

  const show = (): void => {
    for (const picture of shown.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    shown.replaceChildren(...files.map((file, i) => photo(file, i)));
  };
  const photo = (file: File, i: number): HTMLElement => {
    const box = document.createElement("figure");
    box.className = "photo";
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(file);
    const words = filled(input.dataset["nth"], { n: i + 1 });
    picture.alt = words;
    const cut = button(input.dataset["cut"], () => {
      files = files.filter((_, j) => j !== i);
      keep(input, files);
      show();
    });
    cut.className = "cut";
    const stamp = document.createElement("figcaption");
    stamp.className = "stamp";
    stamp.textContent = words;
    box.append(picture, cut, stamp);
    return box;
  };
  const choose = (camera: boolean): void => {
    if (camera) input.setAttribute("capture", "environment");
    else input.removeAttribute("capture");
    input.click();
  };
  input.addEventListener("change", () => {
    files = joined(files, [...(input.files ?? [])]);
    keep(input, files);
    show();
  });

  const two = document.createElement("div");
  two.className = "two";
  two.append(button(input.dataset["camera"], () => choose(true)), button(input.dataset["album"], () => choose(false)));
  input.classList.add("sr");
  input.tabIndex = -1;
  input.before(shown, two);
}

export function offerPhotos(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-bh-photos]")) offer(input);
}
