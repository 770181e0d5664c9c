// The drafts in IndexedDB: they outlive the page, the browser and an empty battery.
import type { Draft } from "./draft";

const NAME = "bihuan";
const SHELF = "outbox";

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(SHELF, { keyPath: "command" });
  return answer(request);
}

async function onShelf<T>(mode: IDBTransactionMode, act: (shelf: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    const transaction = database.transaction(SHELF, mode);
    const written = new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
    });
    const result = await answer(act(transaction.objectStore(SHELF)));
    await written;
    return result;
  } finally {
    database.close();
  }
}

/** Drafts in the order they were written: their ids rise with time. */
export function all(): Promise<Draft[]> {
  return onShelf("readonly", (shelf) => shelf.getAll());
}

export async function keep(draft: Draft): Promise<void> {
  await onShelf("readwrite", (shelf) => shelf.put(draft));
}

export async function drop(command: string): Promise<void> {
  await onShelf("readwrite", (shelf) => shelf.delete(command));
}
