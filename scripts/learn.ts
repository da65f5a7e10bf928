/**
 * Computes what the article on the inverse problem shows and would be too slow to compute at every build:
 *
 *     npm run learn -- [may23] [grain] [stuttgart] [inside] [plain] [held] [cells]
 *
 * Without names, all of it: some 700 steps of descent twice over, 15 minutes on an idle processor. Results of runs go to
 * src/components/Descent/learned/: runs.json (their losses) and run-*.webp (their last X and its product). `cells` computes the cells of any article
 * that are marked `stored`, into its folder stored/. All on the reference engine, float64. Cells whose programs are unchanged are left
 * alone.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { display8 } from '../src/lib/image/display.ts';
import { loadPredefined } from '../src/lib/image/node-pictures.ts';
import { DescentError } from '../src/lib/matrix/descent.ts';
import { ReferenceEngine } from '../src/lib/matrix/reference.ts';
import { Ops } from '../src/lib/matrix/tape.ts';
import { RUN_NAMES, RUNS } from '../src/components/Descent/runs.ts';
import { prepare } from '../src/components/Descent/setup.ts';
import { storeCells } from './learn-cells.ts';
import type { RunName, StoredRun, StoredRuns } from '../src/components/Descent/runs.ts';

const SIZE = 512;
const folder = new URL('../src/components/Descent/learned/', import.meta.url);
/** The published composite shows the state before the last of the 227 steps (docs/studies.md, 12). */
const SHOWN: Partial<Record<RunName, number>> = { may23: 226 };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => name !== 'cells' && !isRun(name));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(', ')}; known: ${[...RUN_NAMES, 'cells'].join(', ')}\n`);
  process.exit(1);
}
for (const name of RUN_NAMES) {
  if (wanted.length === 0 || wanted.includes(name)) await keep(name, await learn(name));
}
if (wanted.length === 0 || wanted.includes('cells')) {
  const articles = new URL('../content/', import.meta.url);
  for (const name of (await readdir(articles)).toSorted()) await storeCells(new URL(`${name}/`, articles), note);
}

function isRun(name: string): name is RunName {
  return (RUN_NAMES as readonly string[]).includes(name);
}

function note(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}

async function learn(name: RunName): Promise<Partial<StoredRuns> & { run: StoredRun }> {
  const settings = RUNS[name];
  const { grey } = await loadPredefined('mandrill');
  const mandrill = Float64Array.from(grey, (x) => Math.round(x * 255) / 255);
  const ops = new Ops(new ReferenceEngine());
  const { descent, view } = prepare(ops, settings, { mandrill }, SIZE);
  const first = name === 'may23' ? gradientFacts(descent.gradient(), mandrill, ops) : {};
  const losses: number[] = [];
  for (let k = 0; k < settings.steps; k++) {
    if (k === SHOWN[name]) await draw(name, descent.state(), descent.look(view));
    try {
      losses.push(descent.step());
    } catch (error) {
      // Plain descent stalls: what it came to is the result.
      if (!(error instanceof DescentError)) throw error;
      note(`${name}: ${error.message}`);
      break;
    }
    if (k % 10 === 0) note(`${name}: ${k} steps, loss ${losses[k]?.toFixed(4)}`);
  }
  losses.push(descent.loss());
  const state = descent.state();
  const run = {
    losses,
    distance: distance(state, mandrill),
    range: [least(state), -least(state.map((x) => -x))] as const,
  };
  return { ...first, run };
}

/** Which columns of the first gradient hold it (docs/studies.md, 11), and how far the warped picture lies from the mandrill. */
function gradientFacts(
  gradient: Float64Array,
  mandrill: Float64Array,
  ops: Ops,
): Pick<StoredRuns, 'gradient' | 'distanceOfWarp'> {
  const squares = new Float64Array(SIZE);
  gradient.forEach((g, k) => (squares[k % SIZE] = (squares[k % SIZE] ?? 0) + g * g));
  const total = squares.reduce((sum, x) => sum + x, 0);
  const columns = [...squares.keys()].sort((a, b) => (squares[b] ?? 0) - (squares[a] ?? 0)).slice(0, 3);
  const share = columns.reduce((sum, c) => sum + (squares[c] ?? 0), 0) / total;
  const { start: w } = prepare(ops, RUNS.grain, { mandrill }, SIZE);
  return { gradient: { columns: columns.sort((a, b) => a - b), share }, distanceOfWarp: distance(w, mandrill) };
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, x, k) => sum + (x - (b[k] ?? NaN)) ** 2, 0));
}

function least(x: Float64Array): number {
  return x.reduce((low, value) => Math.min(low, value), Infinity);
}

/**
 * For the instrument at the head of the page. Lossless, the two would weigh 320 KB, since grain does not compress, and a page may have
 * 250 KB of pictures before it is touched (scripts/budgets.ts): these are for the eye. The exact levels are in the pictures of the
 * stored cells, further down the page.
 */
async function draw(name: RunName, x: Float64Array, product: Float64Array): Promise<void> {
  for (const [what, data] of [
    ['x', x],
    ['v', product],
  ] as const) {
    const levels = display8({ rows: SIZE, cols: SIZE, data });
    await sharp(levels, { raw: { width: SIZE, height: SIZE, channels: 1 } })
      .webp({ quality: 80, effort: 6 })
      .toFile(new URL(`run-${name}-${what}.webp`, folder).pathname);
  }
}

/** Puts one run into runs.json, whatever else happened to the file meanwhile: several may learn at once. */
async function keep(name: RunName, { run, ...facts }: Partial<StoredRuns> & { run: StoredRun }): Promise<void> {
  const path = new URL('runs.json', folder);
  const lock = new URL('runs.json.lock', folder);
  await mkdir(lock);
  try {
    const old = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Partial<StoredRuns>;
    const rounded = { ...run, losses: run.losses.map((x) => Number(x.toPrecision(12))) };
    const next = { command: 'npm run learn', ...old, ...facts, runs: { ...old.runs, [name]: rounded } };
    await writeFile(new URL('runs.json.tmp', folder), `${JSON.stringify(next)}\n`);
    await rename(new URL('runs.json.tmp', folder), path);
  } finally {
    await rm(lock, { recursive: true });
  }
  note(`${name}: kept`);
}
