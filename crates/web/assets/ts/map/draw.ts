// Draws one map box. Loaded only when a box comes near the screen.
import { LngLatBounds, Map as MapBox, Marker, NavigationControl, addProtocol, setWorkerUrl } from "maplibre-gl/dist/maplibre-gl-csp";
import type { GeoJSONSource, LngLatLike } from "maplibre-gl";
import { Protocol } from "pmtiles";
import { drawPin, LAMPS, pictureOf } from "./lamps";
import { drawName, nameOf } from "./names";
import { mapStyle, tokensOf, type Token } from "./style";

declare const MAP_WORKER: string;

setWorkerUrl(`/assets/${MAP_WORKER}`);
addProtocol("pmtiles", new Protocol().tile);

export async function drawMap(box: HTMLElement): Promise<void> {
  const token = tokensOf(box);
  const map = new MapBox({
    container: box,
    style: mapStyle(token, box.dataset["tiles"]),
    attributionControl: { compact: true },
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  showBounds(map, box.dataset["bounds"]);

  await map.once("load");
  drawPictures(map, token);
  const areas = box.dataset["areas"] ? await fetched(box.dataset["areas"]) : [];
  const found = box.dataset["src"] ? await fetched(box.dataset["src"]) : [];
  showMatters(map, areas, found, !box.dataset["bounds"]);
  pickPlace(map, box);
}

/** "west,south,east,north" in degrees */
function showBounds(map: MapBox, words: string | undefined): void {
  const sides = words?.split(",").map(Number) ?? [];
  if (sides.length !== 4 || sides.some(Number.isNaN)) return;
  map.fitBounds(sides as [number, number, number, number], { padding: 24, animate: false });
}

function drawPictures(map: MapBox, token: Token): void {
  map.on("styleimagemissing", ({ id }) => {
    const picture = pictureOf(id);
    const name = nameOf(id);
    const drawn = picture ? drawPin(picture, token) : name && drawName(name, token);
    if (drawn && !map.hasImage(id)) map.addImage(id, drawn, { pixelRatio: 2 });
  });
}

async function fetched(address: string): Promise<GeoJSON.Feature[]> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return [];
  return ((await answer.json()) as GeoJSON.FeatureCollection).features;
}

/** The county's areas below, then what came with the matters: their pins, and perhaps a grid. */
function showMatters(map: MapBox, areas: GeoJSON.Feature[], found: GeoJSON.Feature[], fit: boolean): void {
  const points = found.filter((feature) => feature.geometry.type === "Point");
  const blocks = [...areas, ...found.filter((feature) => feature.geometry.type !== "Point")];
  void map.getSource<GeoJSONSource>("blocks")?.setData({ type: "FeatureCollection", features: blocks });

  map.addSource("pins", {
    type: "geojson",
    data: { type: "FeatureCollection", features: points },
    cluster: true,
    clusterRadius: 40,
    clusterProperties: { worst: ["max", ["index-of", ["get", "lamp"], ["literal", [...LAMPS]]]] },
  });
  map.addLayer({
    id: "pins",
    type: "symbol",
    source: "pins",
    layout: {
      "icon-allow-overlap": true,
      "icon-image": [
        "case",
        ["has", "point_count"],
        ["concat", "cluster-", ["to-string", ["get", "worst"]], "-", ["get", "point_count_abbreviated"]],
        ["concat", "pin-", ["get", "lamp"]],
      ],
    },
  });
  openOnClick(map);
  if (fit) fitTo(map, points.length > 0 ? points : blocks);
}

function openOnClick(map: MapBox): void {
  map.on("click", "pins", (event) => {
    const pin = event.features?.[0];
    if (pin?.geometry.type !== "Point") return;
    const { cluster_id: cluster, href } = pin.properties as { cluster_id?: number; href?: string };
    if (cluster === undefined) {
      if (href?.startsWith("/")) location.assign(href);
      return;
    }
    const center = pin.geometry.coordinates as [number, number];
    void map
      .getSource<GeoJSONSource>("pins")
      ?.getClusterExpansionZoom(cluster)
      .then((zoom) => map.jumpTo({ center, zoom }));
  });
  map.on("mouseenter", "pins", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "pins", () => (map.getCanvas().style.cursor = ""));
}

function fitTo(map: MapBox, features: GeoJSON.Feature[]): void {
  const bounds = new LngLatBounds();
  const extend = (place: GeoJSON.Position | GeoJSON.Position[] | GeoJSON.Position[][]): void => {
    if (typeof place[0] === "number") bounds.extend(place as [number, number]);
    else for (const inner of place as GeoJSON.Position[]) extend(inner);
  };
  for (const { geometry } of features) {
    if (geometry.type === "Point" || geometry.type === "LineString" || geometry.type === "Polygon") extend(geometry.coordinates);
  }
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 24, maxZoom: 16, animate: false });
}

function pickPlace(map: MapBox, box: HTMLElement): void {
  const lon = document.querySelector<HTMLInputElement>(box.dataset["lon"] || ":not(*)");
  const lat = document.querySelector<HTMLInputElement>(box.dataset["lat"] || ":not(*)");
  if (!lon || !lat) return;
  const marker = new Marker({ draggable: true, color: tokensOf(box)("ink") });
  const place = (at: LngLatLike) => {
    const { lng, lat: north } = marker.setLngLat(at).addTo(map).getLngLat();
    lon.value = lng.toFixed(6);
    lat.value = north.toFixed(6);
  };
  if (lon.value && lat.value) place([Number(lon.value), Number(lat.value)]);
  marker.on("dragend", () => place(marker.getLngLat()));
  map.on("click", (event) => place(event.lngLat));
}
