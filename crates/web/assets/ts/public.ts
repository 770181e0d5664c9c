// Every public page works without this script.
import { offerCopy } from "./copy";
import { showFaults } from "./faults";
import { offerPosition } from "./position";
import { offerPrint } from "./print";
import { walkInSteps } from "./steps";

offerCopy();
offerPosition();
offerPrint();
walkInSteps();
showFaults();
