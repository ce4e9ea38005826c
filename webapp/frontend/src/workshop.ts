// Entry of the lesson editor.
import { watchActs } from "./editor-acts";
import { dressBlock, followLinks, openFirst } from "./editor-blocks";
import { onAnswer, onBlock, startDesk } from "./editor-desk";
import { watchMoves } from "./editor-moves";
import { watchPreview } from "./editor-preview";
import { showProof, watchProof } from "./editor-proof";
import { dressCells } from "./editor-run";
import { restoreDrafts, watchForms } from "./editor-saving";
import { dressTabs } from "./editor-tabs";
import { watchViews } from "./editor-views";

onBlock(dressTabs);
onBlock(dressBlock);
onBlock(dressCells);
onAnswer(showProof);
startDesk();
watchForms();
watchActs();
watchMoves();
watchViews();
watchPreview();
watchProof();
followLinks();
openFirst();
restoreDrafts();
document.getElementById("workshop")?.classList.add("is-ready");
