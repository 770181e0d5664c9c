// The build whose worker is a file of its own; the library ships no types for this path.
declare module "maplibre-gl/dist/maplibre-gl-csp" {
  export * from "maplibre-gl";
}
