import { expect, test } from 'vitest';
import { next, sizeText, turn } from './sequence.ts';
import type { SequencePlace } from './sequence.ts';

test('a knob of 32 positions turns in 62 frames, and the next frame after the last is the first', () => {
  const frames = turn(32);
  expect(frames).toHaveLength(62);
  expect(frames.slice(30, 34)).toEqual([30, 31, 30, 29]);
  expect(frames.at(-1)).toBe(1);
});

test('short turns', () => {
  expect([turn(1), turn(2), turn(3)]).toEqual([[0], [0, 1], [0, 1, 2, 1]]);
});

test('playing goes through the same positions as the turn', () => {
  let place: SequencePlace = { position: 0, direction: 1 };
  const seen = turn(5).map(() => {
    const { position } = place;
    place = next(place, 5);
    return position;
  });
  expect(seen).toEqual(turn(5));
  expect(place.position).toBe(0);
});

test('turns round wherever the reader has put the slider', () => {
  expect(next({ position: 4, direction: 1 }, 5)).toEqual({ position: 3, direction: -1 });
  expect(next({ position: 0, direction: -1 }, 5)).toEqual({ position: 1, direction: 1 });
  expect(next({ position: 2, direction: -1 }, 5)).toEqual({ position: 1, direction: -1 });
  expect(next({ position: 0, direction: 1 }, 1)).toEqual({ position: 0, direction: 1 });
});

test('sizes in words', () => {
  expect([sizeText(10), sizeText(51_200), sizeText(1.26e6), sizeText(1.3e7)]).toEqual([
    '1 kB',
    '51 kB',
    '1.3 MB',
    '13 MB',
  ]);
});
