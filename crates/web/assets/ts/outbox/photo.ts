// A photo is made small on the phone, since a village signal carries one megabyte better than eight.
// What the phone can show it can also turn into JPEG: that is how HEIC becomes one.
import { carryExif } from "./exif";

export const LONGEST_SIDE = 2560;
const QUALITY = 0.85;
const SERVER_READS = ["image/jpeg", "image/png", "image/webp"];

export function fittedSize(width: number, height: number, longest = LONGEST_SIDE): [number, number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

function looksLikePhoto(file: File): boolean {
  return file.type.startsWith("image/") || /\.(heic|heif)$/i.test(file.name);
}

export function jpegName(name: string): string {
  return `${name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
}

/** The file to send, or null when neither this phone nor the server can read it. */
export async function readyToSend(file: File): Promise<File | null> {
  if (!looksLikePhoto(file)) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return SERVER_READS.includes(file.type) ? file : null;

  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fittedSize(picture.width, picture.height);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!drawn || (file.type === "image/jpeg" && drawn.size >= file.size)) return file;

  const [original, copy] = await Promise.all([file.arrayBuffer(), drawn.arrayBuffer()]);
  const bytes = carryExif(new Uint8Array(original), new Uint8Array(copy));
  return new File([bytes as Uint8Array<ArrayBuffer>], jpegName(file.name), { type: "image/jpeg" });
}
