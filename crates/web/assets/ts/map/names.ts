// Names of towns, drawn as pictures: the browser has the characters, and no font is fetched.
import type { Token } from "./style";

const SIZE = 12;

/** "name-索河街道": what the layer asks a picture by. */
export function nameOf(id: string): string | null {
  return id.startsWith("name-") ? id.slice("name-".length) : null;
}

/** Drawn at twice its size, for sharp screens. */
export function drawName(name: string, token: Token): ImageData | null {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  const font = `${SIZE}px ${token("font")}`;
  pen.font = font;
  const [width, height] = [Math.ceil(pen.measureText(name).width) + 8, SIZE + 8];
  canvas.width = width * 2;
  canvas.height = height * 2;
  pen.scale(2, 2);
  pen.font = font;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  pen.strokeStyle = token("map-land");
  pen.strokeText(name, width / 2, height / 2);
  pen.fillStyle = token("map-label");
  pen.fillText(name, width / 2, height / 2);
  return pen.getImageData(0, 0, width * 2, height * 2);
}
