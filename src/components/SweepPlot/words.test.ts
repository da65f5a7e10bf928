import { describe, expect, it } from 'vitest';
import { armText, shortName } from './words.ts';

describe('names of arms', () => {
  it.each([
    [{ arm: 'V', alpha: 0 }, 'V', 'V'],
    [{ arm: 'NS', alpha: 0 }, 'N S', 'N S'],
    [{ arm: 'prefix', alpha: 0 }, 't S, running', 't S, running'],
    [{ arm: 'add-S', alpha: 0.25 }, 'V + 0.25 S', 'V + α S at α = 0.25'],
    [{ arm: 'add-prefix', alpha: -0.5 }, 'V − 0.5 t S, running', 'V + α t S, running at α = −0.5'],
  ] as const)('%o: %s under a column, %s in a sentence', (arm, short, long) => {
    expect(shortName(arm)).toBe(short);
    expect(armText(arm)).toBe(long);
  });
});
