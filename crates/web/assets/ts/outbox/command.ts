// The id under which a form is sent, made on this device: sending it twice is the same act.

/** A UUID of version 7: it begins with the time, so that keys rise. `chance` is 10 random bytes. */
export function commandId(nowMs: number, chance: Uint8Array): string {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(nowMs) << 16n);
  bytes.set(chance.subarray(0, 10), 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function freshCommandId(): string {
  return commandId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
