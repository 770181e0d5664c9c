// Every public page works without this script.
import { offerCopy } from "./copy";
import { offerPosition } from "./position";
import { walkInSteps } from "./steps";

offerCopy();
offerPosition();
walkInSteps();
