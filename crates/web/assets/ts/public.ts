// Every public page works without this script.
import { offerCopy } from "./copy";
import { showFaults } from "./faults";
import { offerNearby } from "./nearby";
import { offerPhotos } from "./photos";
import { offerPosition } from "./position";
import { offerPrint } from "./print";
import { walkInSteps } from "./steps";

offerCopy();
offerNearby();
offerPhotos();
offerPosition();
offerPrint();
walkInSteps();
showFaults();
