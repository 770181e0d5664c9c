// A canvas writes a JPEG without the camera's notes. The server offers the photo's position as the
// place and drops it before storing, so the notes travel with the smaller copy.

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const ORIENTATION = 0x0112;

/** Start and end of the EXIF segment, marker included. */
function exifSegment(jpeg: Uint8Array): [number, number] | null {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return null;
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1]!;
    const end = at + 2 + (jpeg[at + 2]! << 8) + jpeg[at + 3]!;
    const startOfImageData = marker === 0xda;
    if (startOfImageData || end > jpeg.length) return null;
    if (marker === 0xe1 && EXIF.every((byte, i) => jpeg[at + 4 + i] === byte)) return [at, end];
    at = end;
  }
  return null;
}

/** The canvas has already turned the picture: a second turn would put it on its side. */
function setUpright(segment: Uint8Array): void {
  const tiff = new DataView(segment.buffer, segment.byteOffset + 10, segment.byteLength - 10);
  if (tiff.byteLength < 8) return;
  const little = tiff.getUint16(0) === 0x4949;
  const table = tiff.getUint32(4, little);
  if (table + 2 > tiff.byteLength) return;
  const entries = tiff.getUint16(table, little);
  for (let i = 0; i < entries; i++) {
    const entry = table + 2 + i * 12;
    if (entry + 12 > tiff.byteLength) return;
    if (tiff.getUint16(entry, little) === ORIENTATION) tiff.setUint16(entry + 8, 1, little);
  }
}

/** `copy` with the EXIF segment of `original`; unchanged where there is none. */
export function carryExif(original: Uint8Array, copy: Uint8Array): Uint8Array {
  const found = exifSegment(original);
  if (!found || copy[0] !== 0xff || copy[1] !== 0xd8) return copy;
  const segment = original.slice(...found);
  setUpright(segment);
  const whole = new Uint8Array(copy.length + segment.length);
  whole.set(copy.subarray(0, 2));
  whole.set(segment, 2);
  whole.set(copy.subarray(2), 2 + segment.length);
  return whole;
}
