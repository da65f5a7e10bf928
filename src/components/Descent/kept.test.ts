import { expect, test } from 'vitest';
import { KeptStates } from './kept.ts';

test('every fifth state stays, and the latest', () => {
  const kept = new KeptStates(5, 40);
  for (let step = 0; step <= 12; step++) kept.add(step, [step]);
  expect(kept.steps).toEqual([0, 5, 10, 12]);
  expect(kept.get(5)).toEqual(Float32Array.of(5));
  expect(kept.get(12)).toEqual(Float32Array.of(12));
});

test('a long run is thinned, evenly, and never grows beyond its room', () => {
  const kept = new KeptStates(5, 8);
  for (let step = 0; step <= 227; step++) {
    kept.add(step, [step]);
    expect(kept.steps.length).toBeLessThanOrEqual(8);
  }
  expect(kept.steps).toEqual([0, 40, 80, 120, 160, 200, 227]);
});
