// <form data-bh-steps data-words-step="第{n}步，共{of}步" data-words-next="下一步：{title}" …> with sections
// data-bh-step="title": one question a page. The server's page is the whole form; this only hides what
// is not asked yet. A page that came back with errors stays whole, so that every one of them is seen.
import { summarise } from "./summary";

export function filled(pattern: string | undefined, values: Record<string, string | number>): string {
  return (pattern ?? "").replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
}

/** The step an address names, kept inside 1…count. */
export function stepOf(hash: string, count: number): number {
  const named = Number(/^#step-(\d+)$/.exec(hash)?.[1] ?? 1);
  return Math.min(Math.max(named, 1), count);
}

export function walkInSteps(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-bh-steps]");
  if (!form || form.querySelector(".errors")) return;
  const steps = [...form.querySelectorAll<HTMLElement>("[data-bh-step]")];
  const send = form.querySelector<HTMLButtonElement>(".acts-bar button");
  if (steps.length < 2 || !send) return;

  const said = document.createElement("p");
  said.className = "step";
  // One question a page has one heading: its own.
  const heading = document.createElement("h1");
  for (const other of form.querySelectorAll("[data-bh-step] :is(h1, h2)")) other.remove();
  const summary = form.querySelector<HTMLElement>("[data-bh-summary]");
  const next = document.createElement("button");
  next.type = "button";
  next.className = "pbtn pbtn-go";
  const back = document.createElement("button");
  back.type = "button";
  back.className = "link alt";
  back.textContent = form.dataset["wordsBack"] ?? "";
  send.before(next);
  send.after(back);
  send.removeAttribute("formaction");
  send.textContent = form.dataset["wordsSend"] ?? send.textContent;

  const show = (moved: boolean): void => {
    const at = stepOf(location.hash, steps.length);
    steps.forEach((step, i) => (step.hidden = i !== at - 1));
    for (const part of form.querySelectorAll<HTMLElement>("[data-bh-step-part]")) part.hidden = at !== 1;
    const here = steps[at - 1];
    heading.textContent = here?.dataset["bhStep"] ?? "";
    here?.prepend(said, heading);
    if (summary && here?.contains(summary)) summarise(summary, steps.slice(0, -1));
    said.textContent = filled(form.dataset["wordsStep"], { n: at, of: steps.length });
    next.hidden = at === steps.length;
    send.hidden = at !== steps.length;
    back.hidden = at === 1;
    next.textContent = filled(form.dataset["wordsNext"], { title: steps[at]?.dataset["bhStep"] ?? "" });
    if (!moved || !here) return;
    here.tabIndex = -1;
    here.focus({ preventScroll: true });
    here.scrollIntoView();
  };
  const go = (by: number): void => {
    location.hash = `step-${stepOf(location.hash, steps.length) + by}`;
  };
  next.addEventListener("click", () => go(1));
  back.addEventListener("click", () => history.back());
  // Enter in a line asks the next question instead of sending half a report.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || next.hidden || event.target instanceof HTMLTextAreaElement) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    go(1);
  });
  window.addEventListener("hashchange", () => show(true));
  show(false);
}
