import { expect, test } from 'vitest';
import { engineNames } from '../lib/matrix/choose.ts';
import { successor } from './succession.ts';

test('an engine that is lost has a successor, and whoever started it last has none', () => {
  expect(successor('tfjs-webgl', null, 'CONTEXT_LOST')).toEqual({
    next: 'tfjs-wasm',
    words: 'WebGL was lost (CONTEXT_LOST)',
  });
  expect(successor('tfjs-wasm', 'tfjs-webgl', 'out of memory')?.next).toBe('reference');
  expect(successor('reference', null, 'a bug')).toBeNull();
});

test('one that never started has one too, asked for or not', () => {
  expect(successor(null, 'tfjs-webgl', 'no answer')).toEqual({
    next: 'tfjs-wasm',
    words: 'WebGL did not start (no answer)',
  });
  expect(successor(null, null, 'no answer')).toEqual({
    next: 'tfjs-wasm',
    words: 'The engine did not start (no answer)',
  });
});

test.each(engineNames)('from %s the line of succession ends', (name) => {
  let at: (typeof engineNames)[number] | null = name;
  for (let k = 0; at !== null; k += 1) {
    expect(k).toBeLessThan(engineNames.length);
    at = successor(at, null, '')?.next ?? null;
  }
});
