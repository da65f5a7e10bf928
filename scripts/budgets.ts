/** What a page may cost. Code, styles and HTML after gzip; pictures and fonts as they are. One kilobyte is 1024 bytes. */
export const kilobyte = 1024;

export const budgets = {
  /** On arrival, before the reader has touched anything. */
  beforeInteraction: {
    script: 8 * kilobyte,
    pictures: 250 * kilobyte,
    fonts: 80 * kilobyte,
    style: 16 * kilobyte,
    /** The largest page is the attention article, whose plots hold a dot to each of several thousand runs, script or none. */
    html: 80 * kilobyte,
  },
  /** The unlisted page that holds every component at once: no reader's way leads there. */
  gallery: { script: 9.75 * kilobyte, html: 84 * kilobyte },
  /** What the first run of a cell adds, by the engine it runs on; the WASM binary is counted. What a program must name to use is in packs. */
  firstRun: { webgl: 136 * kilobyte, wasm: 100 * kilobyte },
  /** What opening the editor adds to that: the parser and CodeMirror. */
  firstEdit: 240 * kilobyte,
} as const;
