import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isLink, readLink, writeLink, type StateLink } from './link.ts';
import { emptyState, StateError } from './state.ts';
import { anyState } from './testing-states.ts';

const links: fc.Arbitrary<StateLink> = fc.record(
  { state: anyState, cell: fc.option(fc.string()) },
  { noNullPrototype: true },
);

/** Reads what may be anything: a state, or a sentence for the reader; nothing else may come of it. */
async function readOrRefused(hash: string): Promise<StateLink | null> {
  try {
    return await readLink(hash);
  } catch (error) {
    expect(error).toBeInstanceOf(StateError);
    expect((error as Error).message).toMatch(/^[A-Z].*\.$/);
    return null;
  }
}

const written = (text: string): string => `#state=1.${deflateRawSync(text).toString('base64url')}`;

describe('a link', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is read back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(links, async (link) => {
        const hash = await writeLink(link);
        expect(isLink(hash)).toBe(true);
        expect(hash).toMatch(/^#state=1\.[\w-]+(&cell=[\w.!~*'()%-]*)?$/);
        expect(await readLink(hash)).toEqual(link);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same where the browser cannot deflate, and read by either', async () => {
    const link = { state: { ...emptyState('poster'), programs: { a: 'softmax(mandrill; dims=1)' } }, cell: 'a' };
    const native = await writeLink(link);
    vi.stubGlobal('CompressionStream', undefined);
    const own = await writeLink(link);
    expect(await readLink(native)).toEqual(link);
    vi.unstubAllGlobals();
    expect(await readLink(own)).toEqual(link);
  });

  it('that was mutated, or never was one, is read or refused in a sentence: 10,000 of them', async () => {
    const samples = await Promise.all(fc.sample(links, { numRuns: 200, seed: 4 }).map(writeLink));
    const mutated = fc
      .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(9), fc.string({ maxLength: 6 }))
      .map(([hash, at, count, text]) => {
        const from = at % hash.length;
        return hash.slice(0, from) + text + hash.slice(from + count);
      });
    const packed = fc.oneof(
      fc.jsonValue().map((value) => written(JSON.stringify(value))),
      fc.string().map(written),
    );
    const random = fc.string().map((text) => `#state=${text}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof({ arbitrary: mutated, weight: 3 }, packed, random, fc.string()), async (hash) => {
        const link = await readOrRefused(hash);
        if (link !== null) expect(await readLink(await writeLink(link))).toEqual(link);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['#state=2.abc', 'later version'],
    ['#state=1.', 'damaged'],
    ['#state=1.abc', 'damaged'],
    [`#state=1.${'A'.repeat(70_000)}`, 'longer'],
    ['#elsewhere', 'damaged'],
  ])('%.20s is refused', async (hash, words) => {
    await expect(readLink(hash)).rejects.toThrow(words);
  });

  it.each(['native', 'own'])('that unpacks to more than a page can hold is cut off (%s)', async (how) => {
    const bomb = written(`{"version":1,"page":"${'a'.repeat(3_000_000)}"}`);
    if (how === 'own') vi.stubGlobal('CompressionStream', undefined);
    await expect(readLink(bomb)).rejects.toThrow('damaged');
  });

  it('of one edited cell has fewer than 500 letters, of ten fewer than 4,000', async () => {
    // Ten programs of the length and the words that articles have, no two alike.
    const text = (k: number): string =>
      `A${k} = normalize_image(softmax(mandrill .* ${k}.25; dims=1))\nB = softmax(airplane; dims=2) .+ ${k}\n` +
      `C = A${k}' * B  # softmax down the columns of the left, along the rows of the right\n` +
      `heights = [sum(C[i, :]) for i in 1:size(C, 1)]\nnormalize_image(C .- mean(C) .* heights)`;
    const programs = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, k) => [`cell-${k}`, text(k)]));
    const length = async (count: number): Promise<number> =>
      (await writeLink({ state: { ...emptyState('poster'), programs: programs(count) }, cell: 'cell-0' })).length;
    expect(await length(1)).toBeLessThan(500);
    expect(await length(10)).toBeLessThan(4000);
  });
});
