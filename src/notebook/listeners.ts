/** Who is told what happens in a notebook. */

import type { DrawnReport } from './protocol.ts';

/** What the notebook tells each of its cells. */
export interface CellListener {
  readonly report: (report: DrawnReport) => void;
  /** The cell waits for a result, or no longer does. */
  readonly busy: (busy: boolean) => void;
  /** One line for the reader: an engine was lost, a picture could not be loaded. */
  readonly notice: (sentence: string) => void;
  readonly engine: (words: string) => void;
  readonly picture: (name: string) => void;
}

/** Who follows a whole page: its players, graphs and figures. */
export interface SessionWatcher {
  /** Cells were computed, and were told. */
  readonly delivered?: (reports: readonly DrawnReport[]) => void;
  /** What was waited for will not come. */
  readonly ended?: (why: string) => void;
  /** Another picture stands under a name. */
  readonly picture?: (name: string) => void;
  /** Something that the reader can change is about to change: `what` names it, the same for every step of one drag. */
  readonly changing?: (what: string) => void;
  /** It has changed, whoever changed it. */
  readonly changed?: () => void;
}
