// <button type="button" data-bh-locate data-lon="#id" data-lat="#id" hidden>: the phone's position,
// once, because the person asked; never followed, never sent by itself.

export function offerPosition(): void {
  if (!("geolocation" in navigator) || !window.isSecureContext) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-bh-locate]")) {
    button.hidden = false;
    button.addEventListener("click", () => locate(button));
  }
}

function locate(button: HTMLButtonElement): void {
  const field = (name: string) => document.querySelector<HTMLInputElement>(button.dataset[name] || ":not(*)");
  const [lon, lat] = [field("lon"), field("lat")];
  const say = (words: string | undefined) => {
    const said = document.querySelector(button.dataset["say"] || ":not(*)");
    if (said) said.textContent = words ?? "";
  };
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.disabled = false;
      if (lon) lon.value = coords.longitude.toFixed(6);
      if (lat) lat.value = coords.latitude.toFixed(6);
      lat?.dispatchEvent(new Event("change", { bubbles: true }));
      say(button.dataset["found"]?.replace("{n}", String(Math.round(coords.accuracy))));
    },
    () => {
      button.disabled = false;
      say(button.dataset["failed"]);
    },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}
