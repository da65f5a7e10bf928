import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cellOptions, FenceMetaError, parseFenceMeta } from './fence-meta.ts';

describe('the words of a fence', () => {
  test('flags and quoted values, in any order', () => {
    const { flags, values } = parseFenceMeta(`live hero caption="Softmax, then 'A' times A" size=wide alt='says "so"'`);
    expect([...flags]).toEqual(['live', 'hero']);
    expect(Object.fromEntries(values)).toEqual({
      caption: "Softmax, then 'A' times A",
      size: 'wide',
      alt: 'says "so"',
    });
  });

  test.each([
    ['live caption="open', 'no closing quote'],
    ['live live', 'twice'],
    ['live id=', 'no value'],
    ['live = 3', 'expected a word'],
  ])('%s is refused', (meta, words) => {
    expect(() => parseFenceMeta(meta)).toThrow(words);
  });
});

describe('what a cell may be asked', () => {
  test('a fence without `live` is an ordinary listing, whatever else it says', () => {
    expect(cellOptions(null)).toBeNull();
    expect(cellOptions('title="live" {1,3}')).toBeNull();
    expect(cellOptions('alive')).toBeNull();
  });

  test('defaults', () => {
    expect(cellOptions('live')).toEqual({
      id: null,
      caption: null,
      alt: null,
      size: 'column',
      hero: false,
      card: false,
      group: null,
      hideCode: false,
      show: 'auto',
      setup: false,
      error: false,
      stored: false,
      animate: null,
      graph: false,
    });
  });

  test('misspelt words fail and say what is known', () => {
    expect(() => cellOptions('live captoin="x"')).toThrow(/captoin.*caption/);
    expect(() => cellOptions('live heroic')).toThrow(FenceMetaError);
    expect(() => cellOptions('live size="huge"')).toThrow('column, wide');
    expect(() => cellOptions('live caption')).toThrow('needs a value');
    expect(() => cellOptions('live id="2x"')).toThrow('a letter first');
  });

  test('every word has its row in CONTRIBUTING.md, and every row its word', () => {
    const known = (meta: string): string[] => {
      try {
        cellOptions(meta);
      } catch (error) {
        return (/known: ([^)]+)/.exec(String(error))?.[1] ?? '').split(', ');
      }
      throw new Error('a word that no cell should know');
    };
    const text = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
    const section = text.split('### The words of a fence')[1]?.split('\n### ')[0]?.split('\n## ')[0] ?? '';
    const rows = [...section.matchAll(/^\| `([\w-]+)(?:="[^"]*")?` \|/gm)].map(([, word]) => word);
    expect(rows.toSorted()).toEqual(
      known('live nonsense')
        .filter((word) => word !== 'live')
        .toSorted(),
    );
  });
});
