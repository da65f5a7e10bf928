import { describe, expect, it } from 'vitest';
import { runConfig } from '../../lib/attention/presets.ts';
import type { ArmName } from '../../lib/attention/transforms.ts';
import { ARM_NAMES, ARMS, valueTransform } from '../../lib/attention/transforms.ts';
import { modelOf } from '../../lib/attention/trainer.ts';
import { checkModel } from '../../lib/attention/config.ts';
import { PRESETS } from '../../lib/attention/presets.ts';
import {
  ARM_GROUPS,
  armWords,
  FIRST,
  formulaOf,
  LADDER,
  proposed,
  readCount,
  readSettings,
  sameRun,
  TASKS,
} from './settings.ts';
import { SettingsError } from '../ui/settings.ts';

const asBuilt: Readonly<Record<string, string>> = {
  shared: 'true',
  count: '10',
  'left-arm': 'V',
  'left-alpha': '0.5',
  'right-arm': 'add-NS',
  'right-alpha': '0.5',
  'left-task': 'recall-demo',
  'left-seed': '1',
  ...Object.fromEntries(Object.entries(proposed('recall-demo')).map(([name, text]) => [`left-${name}`, text])),
};

/** The fields as they are built, with changes. */
const fields = (changes: Readonly<Record<string, string>> = {}) => {
  const all: Readonly<Record<string, string>> = { ...asBuilt, ...changes };
  return (name: string): string => all[name] ?? '';
};

function complaint(changes: Readonly<Record<string, string>>): SettingsError {
  try {
    readSettings(fields(changes));
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('nobody complained');
}

describe('the settings of the trainer', () => {
  it('are, as built, the first pair, which differs in its arm alone', () => {
    expect(readSettings(fields())).toEqual(FIRST);
    expect({ ...FIRST.right, arm: 'V', alpha: 0 }).toEqual(FIRST.left);
  });

  it('are shared, or each side has its own', () => {
    const own = { 'right-task': 'echo', 'right-width': '64', 'right-heads': '4', 'right-layers': '2' };
    const rest = { 'right-rate': '0.004', 'right-seed': '7', 'right-steps': '20' };
    expect(readSettings(fields({ ...own, ...rest })).right).toEqual(FIRST.right);
    expect(readSettings(fields({ ...own, ...rest, shared: 'false' }))).toEqual({
      left: FIRST.left,
      right: runConfig('echo', {
        arm: 'add-NS',
        alpha: 0.5,
        width: 64,
        heads: 4,
        layers: 2,
        rate: 0.004,
        seed: 7,
        steps: 20,
      }),
    });
  });

  it.each([
    ['left-seed', '', 'The seed must be a whole number from 0 to 4294967295.'],
    ['left-seed', '1.5', 'The seed must be a whole number from 0 to 4294967295.'],
    ['left-steps', '1e9', 'The number of steps must be a whole number from 1 to 5000.'],
    ['left-steps', 'many', 'The number of steps must be a whole number from 1 to 5000.'],
    ['left-rate', 'NaN', 'The learning rate must be a number from 0.000001 to 1.'],
    ['left-rate', '0', 'The learning rate must be a number from 0.000001 to 1.'],
    ['left-rate', 'Infinity', 'The learning rate must be a number from 0.000001 to 1.'],
    ['left-width', '100000', 'The width must be a whole number from 4 to 128.'],
    ['left-heads', '-1', 'The number of heads must be a whole number from 1 to 8.'],
    ['left-layers', '0', 'The number of layers must be a whole number from 1 to 4.'],
    ['right-alpha', '', 'Right: α must be a number from −100 to 100.'],
  ])('refuse %s = "%s" in one sentence', (field, text, sentence) => {
    const error = complaint({ [field]: text });
    expect(error.message).toBe(sentence);
    expect(error.field).toBe(field);
  });

  it('refuse a width that the heads cannot share, and say of which side', () => {
    expect(complaint({ 'left-width': '20', 'left-heads': '2' }).message).toBe(
      'The width must be a multiple of 4 × the number of heads: of 8, which 20 is not.',
    );
    const right = { ...Object.fromEntries(Object.entries(asBuilt).map(([k, v]) => [k.replace('left', 'right'), v])) };
    expect(complaint({ ...right, shared: 'false', 'right-width': '6' }).message).toMatch(/^Right: the width must be/);
  });

  it('let nothing through that cannot be a model', () => {
    for (const preset of TASKS) {
      if (PRESETS[preset].needs !== 'nothing') continue;
      const task = PRESETS[preset].task();
      for (const arm of ARM_NAMES) {
        const { left } = readSettings(
          fields({ 'left-task': preset, 'left-arm': arm, 'left-width': '24', 'left-heads': '3' }),
        );
        expect(() => checkModel(modelOf(left, task))).not.toThrow();
      }
    }
  });

  it('do not mind an α that the arm does not use', () => {
    expect(readSettings(fields({ 'left-alpha': 'x' })).left.alpha).toBe(0);
  });

  it('know whether two runs are the same', () => {
    expect(sameRun(FIRST.left, runConfig('recall-demo'))).toBe(true);
    expect(sameRun(FIRST.left, FIRST.right)).toBe(false);
    expect(sameRun(FIRST.left, null)).toBe(false);
  });

  it('count the steps at a time', () => {
    expect(readCount(fields())).toBe(10);
    expect(() => readCount(fields({ count: '0' }))).toThrow('The number of steps at a time must be a whole number');
  });
});

describe('the arms in words', () => {
  it('have each one place in the choice', () => {
    expect(ARM_GROUPS.flatMap(([, arms]) => arms).toSorted()).toEqual([...ARM_NAMES].toSorted());
  });

  it('are written with α and a true minus', () => {
    expect(formulaOf('linear')).toBe('V + α (V − m)');
    expect(formulaOf('mix-NS')).toBe('(1 − α) V + α N S(V)');
    expect(armWords({ arm: 'add-NS', alpha: -0.5 })).toBe('V + α N S(V), α = −0.5');
    expect(armWords({ arm: 'V', alpha: 0 })).toBe('V');
    for (const arm of ARM_NAMES) if (ARMS[arm].usesAlpha) expect(formulaOf(arm)).toContain('α');
  });
});

it('a step of the ladder changes one thing', () => {
  const of = ([arm, alpha]: readonly [ArmName, number]) => valueTransform(arm, alpha, 16, 16);
  const [scale, bend, constant, axis] = LADDER.map(({ left, right }) => [of(left), of(right)] as const);
  expect(LADDER).toHaveLength(4);
  expect(scale?.map(({ kind, value }) => [kind, value])).toEqual([
    ['none', 1],
    ['none', 0.25],
  ]);
  // Near 0 both are V/4.
  expect(bend?.map(({ value, part }) => value + part)).toEqual([0.25, 0.25]);
  expect(constant?.map(({ kind, part }) => [kind, part])).toEqual([
    ['exp', 0.25],
    ['exp', 0.25],
  ]);
  expect(constant?.map(({ shift }) => shift)).toEqual([-0.25, 0]);
  expect(axis?.map(({ kind }) => kind)).toEqual(['exp', 'softmax']);
  expect(axis?.map(({ shift }) => shift)).toEqual([-0.25, -0.25]);
});
