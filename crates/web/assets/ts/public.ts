// Every public page works without this script.
import { offerCopy } from "./copy";
import { showFaults } from "./faults";
import { offerPhotos } from "./photos";
import { offerPosition } from "./position";
import { offerPrint } from "./print";
import { walkInSteps } from "./steps";

offerCopy();
offerPhotos();
offerPosition();
offerPrint();
walkInSteps();
showFaults();
