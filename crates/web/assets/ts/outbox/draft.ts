// What waits on this phone. A draft is deleted with its content once the server has it; what stays
// until the person dismisses it is its title and the way to the receipt.

export type State = "waiting" | "sending" | "sent" | "received" | "refused" | "conflict" | "signed-out";

export interface Draft {
  command: string;
  /** Where the form is posted, and the page it stood on. */
  action: string;
  page: string;
  title: string;
  fields: [string, string][];
  files: [string, File][];
  state: State;
  /** The server's own sentence, when it did not take the draft. */
  message: string;
  /** The receipt. */
  link: string;
  tries: number;
  nextTryAtMs: number;
}

export function settled(state: State): boolean {
  return state === "received" || state === "refused" || state === "conflict";
}

/** 5 s, 10 s, 20 s … at most a quarter of an hour. */
export function waitMs(tries: number): number {
  return Math.min(5_000 * 2 ** Math.min(tries, 20), 15 * 60_000);
}

/** How much of each file is sent, in whole per cent, when `sent` of all their bytes are. */
export function shares(sizes: number[], sent: number): number[] {
  let before = 0;
  return sizes.map((size) => {
    const share = size === 0 ? 1 : (sent - before) / size;
    before += size;
    return Math.floor(Math.min(1, Math.max(0, share)) * 100);
  });
}
