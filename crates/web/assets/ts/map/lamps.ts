// Pins are the lamps' own shapes with a halo; a cluster is a ring with its count and its worst lamp.
import type { Token } from "./style";

export const LAMPS = ["done", "hold", "wait", "ok", "soon", "late"] as const;
export type Lamp = (typeof LAMPS)[number];

/** Larger is worse: a cluster shows the largest of its pins. */
export function rank(lamp: Lamp): number {
  return LAMPS.indexOf(lamp);
}

export interface PinPicture {
  lamp: Lamp;
  /** Empty for a single pin. */
  count: string;
}

/** "pin-late", "cluster-5-12": what the layers ask a picture by. */
export function pictureOf(name: string): PinPicture | null {
  const pin = /^pin-(\w+)$/.exec(name);
  if (pin) {
    const lamp = LAMPS.find((known) => known === pin[1]);
    return lamp ? { lamp, count: "" } : null;
  }
  const cluster = /^cluster-(\d+)-(\S+)$/.exec(name);
  const lamp = LAMPS[Number(cluster?.[1])];
  return cluster && lamp ? { lamp, count: cluster[2]! } : null;
}

const SHAPES: Record<Lamp, string> = {
  ok: "M6 1.1a4.9 4.9 0 1 0 0 9.8 4.9 4.9 0 1 0 0-9.8z",
  soon: "M6 .7 11.8 11.2H.2z",
  late: "M1.2 1.2h9.6v9.6H1.2z",
  done: "M1.2 6.6 4.5 10 10.9 2.4",
  wait: "M6 1.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 1 0 0-8.4z",
  hold: "M3.6 1.6v8.8M8.4 1.6v8.8",
};
const DRAWN_AS_LINES: readonly Lamp[] = ["done", "wait", "hold"];

function drawLamp(pen: CanvasRenderingContext2D, lamp: Lamp, token: Token): void {
  const shape = new Path2D(SHAPES[lamp]);
  const colour = token(lamp === "hold" || lamp === "wait" ? "rule-strong" : `${lamp}-fill`);
  pen.lineJoin = "round";
  pen.strokeStyle = token("sheet");
  pen.lineWidth = 5;
  pen.stroke(shape);
  if (DRAWN_AS_LINES.includes(lamp)) {
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    pen.stroke(shape);
  } else {
    pen.fillStyle = colour;
    pen.fill(shape);
  }
}

/** Drawn at twice its size, for sharp screens. */
export function drawPin({ lamp, count }: PinPicture, token: Token): ImageData | null {
  const side = count ? 40 : 24;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * 2;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.scale(2, 2);
  if (count) {
    pen.beginPath();
    pen.arc(side / 2, side / 2, side / 2 - 2, 0, 2 * Math.PI);
    pen.fillStyle = token("sheet");
    pen.fill();
    pen.strokeStyle = token("rule-strong");
    pen.lineWidth = 1.5;
    pen.stroke();
    pen.fillStyle = token("text");
    pen.font = `700 13px ${token("font")}`;
    pen.textAlign = "center";
    pen.fillText(count, side / 2, side / 2 + 11);
    pen.translate(side / 2 - 6, 5);
  } else {
    pen.translate(6, 6);
  }
  drawLamp(pen, lamp, token);
  return pen.getImageData(0, 0, side * 2, side * 2);
}
