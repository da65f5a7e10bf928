import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MatrixError } from './engine.ts';
import { Heap } from './heap.ts';

const START = 100;

function heap(maximum?: number): Heap {
  return new Heap(new WebAssembly.Memory(maximum === undefined ? { initial: 1 } : { initial: 1, maximum }), START);
}

it('gives out what nobody else has, inside the memory, whatever comes back when', () => {
  const sizes = fc.oneof(fc.nat(300), fc.nat(200_000), fc.constantFrom(64, 128, 4096, 65_536));
  const acts = fc.array(fc.oneof(fc.record({ take: sizes }), fc.record({ give: fc.nat() })), { maxLength: 120 });
  fc.assert(
    fc.property(acts, (plan) => {
      const one = heap();
      const held: { at: number; bytes: number }[] = [];
      for (const act of plan) {
        if ('take' in act) {
          const at = one.take(act.take);
          expect(at % 64).toBe(0);
          expect(at).toBeGreaterThanOrEqual(START);
          expect(at + act.take).toBeLessThanOrEqual(one.memory.buffer.byteLength);
          for (const other of held)
            expect(at + act.take <= other.at || other.at + other.bytes <= at || act.take * other.bytes === 0).toBe(
              true,
            );
          for (const other of held) expect(at).not.toBe(other.at);
          held.push({ at, bytes: act.take });
        } else if (held.length > 0) {
          for (const { at } of held.splice(act.give % held.length, 1)) one.give(at);
        }
      }
      for (const { at } of held) one.give(at);
      expect(one.used).toBe(0);
      // Everything is one stretch again: all of the memory fits without growing.
      const whole = one.memory.buffer.byteLength;
      one.take(whole - 128);
      expect(one.memory.buffer.byteLength).toBe(whole);
    }),
  );
});

it('serves the same sizes over and over from the same memory', () => {
  const one = heap();
  const round = (): void => {
    const taken = [3000, 70_000, 12, 500_000].map((bytes) => one.take(bytes));
    taken.forEach((at) => one.give(at));
  };
  round();
  const { byteLength } = one.memory.buffer;
  for (let k = 0; k < 1000; k++) round();
  expect(one.memory.buffer.byteLength).toBe(byteLength);
});

it('says so where there is no room, and goes on', () => {
  const one = heap(4);
  expect(() => one.take(4 * 65_536)).toThrow(MatrixError);
  expect(() => one.take(2 ** 33)).toThrow('WebAssembly has no room for another 8192 MB');
  const at = one.take(3 * 65_536);
  expect(() => one.take(65_536)).toThrow('no room');
  one.give(at);
  expect(one.take(3 * 65_536)).toBe(at);
  expect(() => one.give(at + 64)).toThrow(TypeError);
});
