// Forms marked data-bh-outbox are saved on the phone before they are sent, and sent again until the
// server has them. Without this script they are ordinary forms.
//
// The id of the command makes sending twice harmless. A refusal or a conflict is shown in the
// server's words; nothing is ever overwritten.
import { freshCommandId } from "./outbox/command";
import { settled, shares, waitMs, type Draft } from "./outbox/draft";
import { readyToSend } from "./outbox/photo";
import { formData, freshToken, post, sentence, tokenIn, verdict, type Answer } from "./outbox/send";
import * as shelf from "./outbox/shelf";
import { showDrafts } from "./outbox/show";

const progress = new Map<string, number[]>();
let alarm = 0;

async function show(): Promise<void> {
  const drafts = await shelf.all();
  for (const list of document.querySelectorAll<HTMLElement>("[data-bh-outbox-list]")) {
    showDrafts(list, drafts, progress, (draft) => void discard(draft));
  }
}

async function discard(draft: Draft): Promise<void> {
  await shelf.drop(draft.command);
  await show();
}

/** The form as a draft, or null when one of its photos can be read by nobody. */
async function write(form: HTMLFormElement, submitter: HTMLElement | null): Promise<Draft | null> {
  const data = new FormData(form);
  if (submitter instanceof HTMLButtonElement && submitter.name) data.append(submitter.name, submitter.value);
  // A page kept for offline use carries the same id each time it is opened.
  data.set("command", freshCommandId());

  const fields: [string, string][] = [];
  const files: [string, File][] = [];
  for (const [name, value] of data) {
    if (typeof value === "string") {
      fields.push([name, value]);
    } else if (value.size > 0) {
      const file = await readyToSend(value);
      if (!file) return null;
      files.push([name, file]);
    }
  }
  const title = String(data.get(form.dataset["title"] ?? "") ?? "").slice(0, 40);
  return {
    command: String(data.get("command")),
    action: form.action,
    page: location.href,
    title: title || document.title,
    fields,
    files,
    state: "waiting",
    message: "",
    link: "",
    tries: 0,
    nextTryAtMs: 0,
  };
}

async function attempt(draft: Draft): Promise<Answer> {
  draft.state = "sending";
  progress.set(draft.command, shares(draft.files.map(([, file]) => file.size), 0));
  await show();
  const sizes = draft.files.map(([, file]) => file.size);
  const onSent = (bytes: number) => {
    progress.set(draft.command, shares(sizes, bytes));
    void show();
  };
  const answer = await post(draft.action, formData(draft, tokenIn(document)), onSent);
  if (verdict(answer) !== "stale") return answer;
  const token = await freshToken(draft.page);
  return token === null ? answer : post(draft.action, formData(draft, token), onSent);
}

/** Sends one draft and writes down what came of it. */
async function send(draft: Draft): Promise<Answer> {
  const answer = await attempt(draft);
  const state = verdict(answer);
  progress.delete(draft.command);
  draft.tries += 1;
  draft.state = state === "stale" ? "refused" : state;
  draft.message = draft.state === "refused" || draft.state === "conflict" ? sentence(answer) : "";
  draft.nextTryAtMs = Date.now() + waitMs(draft.tries);
  if (draft.state === "received") {
    draft.link = answer.url;
    draft.fields = [];
    draft.files = [];
  }
  await shelf.keep(draft);
  return answer;
}

/** Only one tab sends at a time where the browser can arrange it; elsewhere the command's id keeps it harmless. */
function alone(act: () => Promise<void>): Promise<void> {
  return navigator.locks ? navigator.locks.request("bihuan-outbox", act) : act();
}

async function sendAll(atOnce: boolean): Promise<void> {
  await alone(async () => {
    for (const draft of await shelf.all()) {
      if (settled(draft.state) || (!atOnce && draft.nextTryAtMs > Date.now())) continue;
      await send(draft);
    }
  });
  await show();
  await setAlarm();
}

async function setAlarm(): Promise<void> {
  window.clearTimeout(alarm);
  const open = (await shelf.all()).filter((draft) => !settled(draft.state));
  if (open.length === 0) return;
  const next = Math.min(...open.map((draft) => draft.nextTryAtMs));
  alarm = window.setTimeout(() => void sendAll(false), Math.max(1_000, next - Date.now()));
}

async function submit(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const draft = await write(form, submitter);
  if (!draft) {
    sayUnreadable(form);
    return;
  }
  await shelf.keep(draft);
  let answer: Answer | undefined;
  await alone(async () => {
    answer = await send(draft);
  });
  if (draft.state === "received") {
    await shelf.drop(draft.command);
    location.assign(draft.link);
    return;
  }
  if (draft.state === "refused" && answer?.contentType.includes("html")) {
    await shelf.drop(draft.command);
    showRefusedPage(answer, draft);
    return;
  }
  form.reset();
  await show();
  await setAlarm();
  document.querySelector("[data-bh-outbox-list]")?.scrollIntoView();
}

function sayUnreadable(form: HTMLFormElement): void {
  const words = form.querySelector<HTMLElement>("[data-bh-unreadable]");
  if (!words) return;
  words.hidden = false;
  words.tabIndex = -1;
  words.focus();
}

/** The server's page with its reasons and everything typed; the photos are put back from the draft. */
function showRefusedPage(answer: Answer, draft: Draft): void {
  const page = new DOMParser().parseFromString(answer.body, "text/html");
  const main = page.querySelector("main");
  if (!main) return;
  document.querySelector("main")?.replaceWith(main);
  for (const input of main.querySelectorAll<HTMLInputElement>("[data-bh-outbox] input[type=file]")) {
    const carrier = new DataTransfer();
    for (const [name, file] of draft.files) if (name === input.name) carrier.items.add(file);
    input.files = carrier.files;
  }
  main.querySelector<HTMLElement>(".errors, .refuse")?.scrollIntoView();
}

function start(): void {
  if (!("indexedDB" in window)) return;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-bh-outbox]")) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    void submit(form, event.submitter).finally(() => {
      form.ariaBusy = null;
    });
  });
  window.addEventListener("online", () => void sendAll(true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void sendAll(false);
  });
  void sendAll(true);
  void navigator.serviceWorker?.register("/sw.js").catch(() => {
    // Over plain HTTP there is none: the page then opens only with a signal, and drafts are kept all the same.
  });
}

start();
