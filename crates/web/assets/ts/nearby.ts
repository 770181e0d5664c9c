// <div data-bh-nearby="/report/nearby"> in a form: once the place is known, what is open near it is
// asked for. Without this script the check page before sending asks the same.

const TELLING = ["lon", "lat", "grid", "item"] as const;
const SENT = ["csrf", ...TELLING, "same_as"] as const;

/** Whether a change of this field may change what is near. */
export function tells(name: string): boolean {
  return (TELLING as readonly string[]).includes(name);
}

export function offerNearby(): void {
  const box = document.querySelector<HTMLElement>("[data-bh-nearby]");
  const form = box?.closest("form");
  if (!box || !form) return;
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    if (tells(field.name)) void ask(form, box);
  });
}

async function ask(form: HTMLFormElement, box: HTMLElement): Promise<void> {
  const written = new FormData(form);
  const fields = new URLSearchParams();
  for (const name of SENT) fields.set(name, String(written.get(name) ?? ""));
  try {
    const answer = await fetch(box.dataset["bhNearby"] ?? "", { method: "POST", body: fields });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    box.replaceChildren(...page.body.childNodes);
  } catch {
    // Without a signal nothing is offered, and the report is written all the same.
  }
}
