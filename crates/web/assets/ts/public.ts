// Every public page works without this script.
import { offerCopy } from "./copy";

offerCopy();
