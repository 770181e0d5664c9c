// <div data-bh-chart data-src="…JSON" role="img" aria-label="…">: the drawing beside a table that
// says the same. The library comes only when the box is near the screen.
export {};

const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    void import("./chart/draw").then(({ drawChart }) => drawChart(target as HTMLElement));
  }
}, { rootMargin: "200px" });

for (const box of document.querySelectorAll<HTMLElement>("[data-bh-chart]")) near.observe(box);
