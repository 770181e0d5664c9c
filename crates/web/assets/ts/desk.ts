// The desk: htmx swaps blocks of the same page, keys act on what the page shows.
import htmx from "htmx.org";
import { offerCopy } from "./copy";
import { listenForKeys } from "./keys";
import { watchPicks } from "./pick";
import { offerPrint } from "./print";
import { reachScrollers, showCurrentLine } from "./scrollers";
import { unfoldTicks } from "./ticks";

// The page's policy allows no eval and no inline style, and a shared office computer must not keep
// pages of other people's matters in its local storage.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.allowScriptTags = false;
htmx.config.historyCacheSize = 0;
// A refused form comes back as a page with its reasons: it is shown like any other answer.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "409|413|415|422", swap: true, error: false },
  { code: "[45]..", swap: false, error: true },
];

offerCopy();
listenForKeys();
offerPrint();
unfoldTicks();
watchPicks();
reachScrollers();
showCurrentLine();
