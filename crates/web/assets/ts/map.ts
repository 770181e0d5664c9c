// <div class="bh-map" data-bh-map data-src="…GeoJSON" [data-tiles="…"] [data-bounds="w,s,e,n"]>: the map
// comes after the list it stands beside, and its library only when the box is near the screen.
//
// With data-lon="#id" data-lat="#id" a click or a drag puts the place into these two fields.
export {};

const boxes = document.querySelectorAll<HTMLElement>("[data-bh-map]");

const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    void import("./map/draw").then(({ drawMap }) => drawMap(target as HTMLElement));
  }
}, { rootMargin: "200px" });

for (const box of boxes) near.observe(box);
