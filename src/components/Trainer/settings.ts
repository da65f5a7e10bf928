/** What the fields of the trainer say, checked: two run configurations, or one sentence about what is wrong. Pure. */
import type { PresetName, RunConfig } from '../../lib/attention/presets.ts';
import { PRESETS, runConfig } from '../../lib/attention/presets.ts';
import type { ArmName } from '../../lib/attention/transforms.ts';
import { ARM_NAMES, ARMS } from '../../lib/attention/transforms.ts';
import { capital, SettingsError } from '../ui/settings.ts';
import type { FieldReader } from '../ui/settings.ts';
import type { SideName } from './sides.ts';
import { SIDES } from './sides.ts';

/** The tasks that a page can train, the quick one first. */
export const TASKS: readonly PresetName[] = ['recall-demo', 'recall', 'sorting', 'independent', 'echo', 'fashion-10k'];

/** The pair that is shown first: plain attention beside the proposal. */
export const FIRST: Readonly<Record<SideName, RunConfig>> = {
  left: runConfig('recall-demo', { arm: 'V' }),
  right: runConfig('recall-demo', { arm: 'add-NS', alpha: 0.5 }),
};

const PROPOSAL: readonly ArmName[] = ['add-NS', 'NS', 'mix-NS', 'add-S', 'S', 'mix-S'];
const CAUSAL: readonly ArmName[] = ['prefix', 'add-prefix'];
const SCALED: readonly ArmName[] = ARM_NAMES.filter((arm) => arm.startsWith('scaled-'));

/** An arm with its alpha. */
type Rung = readonly [arm: ArmName, alpha: number];

/** What S differs in from V, one thing a step: each is two models on 10,000 pictures, at one press. */
export const LADDER: readonly { readonly asked: string; readonly left: Rung; readonly right: Rung }[] = [
  { asked: 'scale', left: ['V', 0], right: ['scaled-V', 0.25] },
  { asked: 'bend', left: ['scaled-V', 0.25], right: ['scaled-exp-1', 0.25] },
  { asked: 'constant', left: ['scaled-exp-1', 0.25], right: ['scaled-exp', 0.25] },
  { asked: 'token axis', left: ['scaled-exp-1', 0.25], right: ['scaled-NS-1', 0.25] },
];

/** Arms under the headings of their choice. */
export const ARM_GROUPS: readonly (readonly [string, readonly ArmName[]])[] = [
  ['Baseline', ['V']],
  ['Softmax over tokens', PROPOSAL],
  ['Controls', ARM_NAMES.filter((arm) => ![...PROPOSAL, ...CAUSAL, ...SCALED, 'V'].includes(arm))],
  ['With a scale', SCALED],
  ['Causal softmax', CAUSAL],
];

interface Limits {
  readonly words: string;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

/** Numbers that are asked for, and what makes sense: beyond, a step takes seconds in a browser. */
export const NUMBERS = {
  width: { words: 'the width', low: 4, high: 128, whole: true },
  heads: { words: 'the number of heads', low: 1, high: 8, whole: true },
  layers: { words: 'the number of layers', low: 1, high: 4, whole: true },
  rate: { words: 'the learning rate', low: 1e-6, high: 1, whole: false },
  seed: { words: 'the seed', low: 0, high: 4294967295, whole: true },
  steps: { words: 'the number of steps', low: 1, high: 5000, whole: true },
} as const satisfies Record<string, Limits>;

export type NumberName = keyof typeof NUMBERS;

export const NUMBER_NAMES = Object.keys(NUMBERS) as readonly NumberName[];

export const ALPHA: Limits = { words: 'α', low: -100, high: 100, whole: false };

const COUNT: Limits = { words: 'the number of steps at a time', low: 1, high: 5000, whole: true };

/** No exponent, and a true minus. */
const plain = (value: number): string =>
  (Math.abs(value) < 1e-5 && value !== 0 ? value.toFixed(6) : String(value)).replace('-', '−');

function number(field: FieldReader, name: string, limits: Limits, where: string): number {
  const text = field(name).trim();
  const value = text === '' ? NaN : Number(text);
  const { low, high, whole, words } = limits;
  if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
    const kind = whole ? 'a whole number' : 'a number';
    throw new SettingsError(name, `${where}${words} must be ${kind} from ${plain(low)} to ${plain(high)}.`);
  }
  return value;
}

/** One side, its settings read from the fields of `from`. */
function readSide(field: FieldReader, side: SideName, from: SideName, shared: boolean): RunConfig {
  const where = shared ? '' : `${side}: `;
  const preset = TASKS.find((one) => one === field(`${from}-task`)) ?? 'recall-demo';
  const arm = ARM_NAMES.find((one) => one === field(`${side}-arm`)) ?? 'V';
  const alpha = ARMS[arm].usesAlpha ? number(field, `${side}-alpha`, ALPHA, `${side}: `) : 0;
  const read = (name: NumberName): number => number(field, `${from}-${name}`, NUMBERS[name], where);
  const [width, heads, layers] = [read('width'), read('heads'), read('layers')];
  if (width % (4 * heads) !== 0) {
    throw new SettingsError(
      `${from}-width`,
      `${where}the width must be a multiple of 4 × the number of heads: of ${4 * heads}, which ${width} is not.`,
    );
  }
  return runConfig(preset, {
    arm,
    alpha,
    width,
    heads,
    layers,
    rate: read('rate'),
    seed: read('seed'),
    steps: read('steps'),
  });
}

/** Both configurations. @throws SettingsError naming the first field that makes no sense. */
export function readSettings(field: FieldReader): Record<SideName, RunConfig> {
  const shared = field('shared') === 'true';
  const [left, right] = SIDES.map((side) => readSide(field, side, shared ? 'left' : side, shared));
  if (!left || !right) throw new Error('a side is missing');
  return { left, right };
}

/** How many steps the step button makes. @throws SettingsError */
export function readCount(field: FieldReader): number {
  return number(field, 'count', COUNT, '');
}

/** The texts of the number fields that a task proposes. */
export function proposed(preset: PresetName): Readonly<Record<NumberName, string>> {
  const { width, heads, layers, rate, steps } = PRESETS[preset].defaults;
  return Object.fromEntries(
    Object.entries({ width, heads, layers, rate, steps }).map(([name, value]) => [name, String(value)]),
  ) as Record<NumberName, string>;
}

/** The same run, whatever order its fields stand in. */
export function sameRun(a: RunConfig | null, b: RunConfig | null): boolean {
  if (!a || !b) return a === b;
  return (Object.keys(a) as (keyof RunConfig)[]).every((key) => a[key] === b[key]);
}

/** An arm's formula as this site sets it: α, a true minus. */
export function formulaOf(arm: ArmName): string {
  return ARMS[arm].formula.replace(/\ba\b/g, 'α').replaceAll(' - ', ' − ');
}

/** Its meaning as a sentence. */
export function meaningOf(arm: ArmName): string {
  return `${capital(ARMS[arm].meaning.replace('alpha', 'α').replace('a/N', 'α/N'))}.`;
}

/** Arm and alpha: `V + α N S(V), α = 0.5`. */
export function armWords({ arm, alpha }: Pick<RunConfig, 'arm' | 'alpha'>): string {
  return ARMS[arm].usesAlpha ? `${formulaOf(arm)}, α = ${plain(alpha)}` : formulaOf(arm);
}
