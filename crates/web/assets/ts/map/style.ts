// Our own quiet style, from the --map-* tokens of the page's theme.
import type { FilterSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";

export type Token = (name: string) => string;

export function tokensOf(element: Element): Token {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

/** What data-tiles names: one PMTiles file with vectors, or the address of ready-made pictures. */
export function baseSource(tiles: string | undefined): SourceSpecification | null {
  if (!tiles) return null;
  if (tiles.startsWith("pmtiles://")) return { type: "vector", url: tiles };
  if (tiles.includes("{z}")) return { type: "raster", tiles: [tiles], tileSize: 256 };
  return null;
}

const isKind = (kind: string): FilterSpecification => ["==", ["get", "kind"], kind];
const isLand = ["all", ["==", ["geometry-type"], "Polygon"]] as FilterSpecification;

/** Layer names of a PMTiles file in the widespread basemap layout (earth, landuse, water, roads, places). */
function vectorLayers(token: Token): LayerSpecification[] {
  const source = "base";
  return [
    { id: "earth", type: "fill", source, "source-layer": "earth", filter: isLand, paint: { "fill-color": token("map-land") } },
    {
      id: "landuse", type: "fill", source, "source-layer": "landuse", filter: isLand,
      paint: {
        "fill-color": ["match", ["get", "kind"], ["park", "forest", "wood", "grass", "farmland", "orchard"], token("map-green"), token("map-built")],
      },
    },
    { id: "water", type: "fill", source, "source-layer": "water", filter: isLand, paint: { "fill-color": token("map-water") } },
    {
      id: "road-edge", type: "line", source, "source-layer": "roads",
      paint: { "line-color": token("map-road-edge"), "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 10, 1, 18, 14] },
    },
    {
      id: "road", type: "line", source, "source-layer": "roads",
      paint: { "line-color": token("map-road"), "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 10, 0.6, 18, 12] },
    },
    {
      id: "place", type: "symbol", source, "source-layer": "places",
      layout: { "text-field": ["coalesce", ["get", "name:zh-Hans"], ["get", "name"]], "text-size": 12 },
      paint: { "text-color": token("map-label"), "text-halo-color": token("map-land"), "text-halo-width": 1.5 },
    },
  ];
}

/** Blocks that come with the matters: what a county without a base map draws, and its grids. */
function ownLayers(token: Token): LayerSpecification[] {
  const source = "blocks";
  const fills: LayerSpecification[] = ["built", "green", "water"].map((kind) => ({
    id: `block-${kind}`, type: "fill", source, filter: isKind(kind), paint: { "fill-color": token(`map-${kind}`) },
  }));
  return [
    { id: "county", type: "fill", source, filter: ["any", isKind("county"), isKind("grid")] as FilterSpecification, paint: { "fill-color": token("map-land") } },
    ...fills,
    {
      id: "village", type: "line", source, filter: isKind("village"), minzoom: 10,
      paint: { "line-color": token("map-road-edge"), "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.4, 14, 1] },
    },
    {
      id: "town-edge", type: "line", source, filter: isKind("town"),
      layout: { "line-join": "round" },
      paint: { "line-color": token("map-road-edge"), "line-width": ["interpolate", ["linear"], ["zoom"], 8, 2, 14, 7] },
    },
    {
      id: "town", type: "line", source, filter: isKind("town"),
      layout: { "line-join": "round" },
      paint: { "line-color": token("map-road"), "line-width": ["interpolate", ["linear"], ["zoom"], 8, 1, 14, 5] },
    },
    {
      id: "county-edge", type: "line", source, filter: isKind("county"),
      paint: { "line-color": token("rule-strong"), "line-width": 1.2 },
    },
    {
      id: "name", type: "symbol", source, filter: isKind("name"),
      layout: { "icon-image": ["concat", "name-", ["get", "name"]] },
    },
    {
      id: "block-road", type: "line", source, filter: isKind("road"),
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": token("map-road"), "line-width": 4 },
    },
    {
      id: "grid", type: "line", source, filter: isKind("grid"),
      paint: { "line-color": token("ink"), "line-width": 1.2, "line-dasharray": [4, 3] },
    },
  ];
}

export function mapStyle(token: Token, tiles: string | undefined): StyleSpecification {
  const base = baseSource(tiles);
  // Beyond the county lies nothing of ours; with a base map all of it is land.
  const beyond = base ? "map-land" : "sunken";
  const ground: LayerSpecification = { id: "ground", type: "background", paint: { "background-color": token(beyond) } };
  const layers: LayerSpecification[] = [ground];
  if (base?.type === "vector") layers.push(...vectorLayers(token));
  if (base?.type === "raster") layers.push({ id: "pictures", type: "raster", source: "base" });
  layers.push(...ownLayers(token));
  const blocks: SourceSpecification = { type: "geojson", data: { type: "FeatureCollection", features: [] } };
  return { version: 8, sources: base ? { base, blocks } : { blocks }, layers };
}
