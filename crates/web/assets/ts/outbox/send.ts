// One attempt to hand a draft to the server, and what its answer means.
import type { Draft, State } from "./draft";

export interface Answer {
  /** 0 when nothing came back. */
  status: number;
  /** Where the browser ended after redirects. */
  url: string;
  contentType: string;
  body: string;
}

/** "stale": the form's token has expired with the page it was written on. */
export function verdict(answer: Answer): State | "stale" {
  const { status } = answer;
  if (status === 401 || isSignIn(answer.url)) return "signed-out";
  if (status >= 200 && status < 300) return "received";
  if (status === 403) return "stale";
  if (status === 409) return "conflict";
  const passing = status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
  return passing ? "waiting" : "refused";
}

function isSignIn(url: string): boolean {
  return url !== "" && new URL(url).pathname.endsWith("/sign-in");
}

/** The sentence the server gave. Words are the server's: this script has none of its own. */
export function sentence(answer: Answer): string {
  if (answer.contentType.includes("json")) {
    try {
      const problem: unknown = JSON.parse(answer.body);
      if (typeof problem === "object" && problem !== null && "detail" in problem) return String(problem.detail);
    } catch {
      return "";
    }
    return "";
  }
  if (!answer.contentType.includes("html")) return "";
  const page = new DOMParser().parseFromString(answer.body, "text/html");
  const said = page.querySelector("[data-bh-problem], .errors, .refuse, main h1");
  return (said?.textContent ?? "").replace(/\s+/g, " ").trim();
}

export function formData(draft: Draft, token: string | null): FormData {
  const data = new FormData();
  for (const [name, value] of draft.fields) data.append(name, name === "csrf" && token !== null ? token : value);
  for (const [name, file] of draft.files) data.append(name, file, file.name);
  return data;
}

/** fetch cannot tell how much is sent; the older interface can. */
export function post(action: string, data: FormData, onSent: (bytes: number) => void): Promise<Answer> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.setRequestHeader("Accept", "text/html");
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onloadend = () =>
      done({
        status: request.status,
        url: request.responseURL,
        contentType: request.getResponseHeader("Content-Type") ?? "",
        body: request.responseText,
      });
    request.send(data);
  });
}

export async function freshToken(page: string): Promise<string | null> {
  const answer = await fetch(page, { cache: "reload", headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return null;
  return tokenIn(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

export function tokenIn(page: Document): string | null {
  return page.querySelector<HTMLInputElement>("input[name=csrf]")?.value ?? null;
}
