// <dl data-bh-summary data-words-change="改">: before a report is sent its writer sees every answer, each
// with a way back to its question. Empty answers are left out: what is optional is not missed.

/** One answer: what was asked, what was said, and the step that asks it. */
interface Line {
  asked: string;
  said: (string | File)[];
  step: number;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function asked(control: Control): string {
  const label = control.labels?.[0]?.cloneNode(true) as HTMLElement | undefined;
  label?.querySelector(".opt-mark")?.remove();
  return (label?.textContent ?? "").trim();
}

function said(control: Control): (string | File)[] {
  if (control instanceof HTMLSelectElement) {
    return control.value === "" ? [] : [control.selectedOptions[0]?.textContent?.trim() ?? ""];
  }
  if (control instanceof HTMLInputElement && control.type === "file") return [...(control.files ?? [])];
  if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
    return control.checked && control.value !== "" ? [asked(control)] : [];
  }
  return control.value.trim() === "" ? [] : [control.value.trim()];
}

/** What a step asks first is what it is called, in fewer words than the question. */
function titleOf(step: HTMLElement): string {
  return step.dataset["bhStep"] ?? "";
}

function lines(steps: HTMLElement[]): Line[] {
  return steps.flatMap((step, i) =>
    [...step.querySelectorAll<Control>("input:not([type=hidden]), textarea, select")]
      .map((control, nth) => ({ asked: nth === 0 ? titleOf(step) : asked(control), said: said(control), step: i + 1 }))
      .filter((line) => line.said.length > 0),
  );
}

function shown(piece: string | File): Node {
  if (typeof piece === "string") return document.createTextNode(piece);
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(piece);
  picture.alt = piece.name;
  return picture;
}

function row(line: Line, change: string): HTMLElement {
  const box = document.createElement("div");
  const term = document.createElement("dt");
  term.textContent = line.asked;
  const answer = document.createElement("dd");
  answer.append(...line.said.map(shown));
  const back = document.createElement("dd");
  const link = document.createElement("a");
  link.href = `#step-${line.step}`;
  link.textContent = change;
  const what = document.createElement("span");
  what.className = "sr";
  what.textContent = line.asked;
  link.append(what);
  back.append(link);
  box.append(term, answer, back);
  return box;
}

/** Writes what was answered in `steps` into the list. */
export function summarise(list: HTMLElement, steps: HTMLElement[]): void {
  for (const picture of list.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
  const rows = lines(steps).map((line) => row(line, list.dataset["wordsChange"] ?? ""));
  list.replaceChildren(...rows);
  list.hidden = rows.length === 0;
}
