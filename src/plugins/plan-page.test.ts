import { describe, expect, it } from 'vitest';
import { parse } from '../lib/julia/parse/parse.ts';
import type { BuildOutcome } from './compute.ts';
import { cellOptions } from './fence-meta.ts';
import type { Found } from './find-programs.ts';
import { PlanError, planPage, type PagePlan } from './plan-page.ts';

function found(id: string, source: string, words = 'live', value = false): Found {
  const options = cellOptions(words);
  if (options === null) throw new Error(`${words} is no live fence`);
  return {
    id,
    node: { type: 'code' },
    options,
    program: parse(source),
    trouble: null,
    value,
    digits: 3,
    figure: false,
  };
}

const picture: BuildOutcome = {
  result: { kind: 'picture', rows: 2, cols: 3, colour: false, eltype: 'Float64', low: 0, high: 1 },
  trouble: null,
  printed: '',
  controls: [],
  picture: 'a.png',
};
const number: BuildOutcome = { ...picture, result: { kind: 'number', text: '3.14159', value: 3.14159 }, picture: null };

function plan(programs: readonly Found[], outcomes: Record<string, BuildOutcome>): PagePlan {
  const plain = (markdown: string): string => markdown.replaceAll('*', '');
  return planPage('poster', {
    found: programs,
    outcomes: new Map(Object.entries(outcomes)),
    pictures: ['mandrill', 'airplane'],
    plain,
  });
}

describe('the plan of a page', () => {
  it('shows what the article shows, and gives the live part every program but those of the prose', () => {
    const made = plan([found('s', 'a = 1', 'live setup'), found('c', 'mandrill * a'), found('v', 'a', 'live', true)], {
      c: picture,
      v: number,
    });
    expect([...made.cells.keys()]).toEqual(['c']);
    expect(made.values.get('v')).toEqual({ text: '3.14', exact: '3.14159', of: 'a', digits: 3 });
    expect(made.payload?.programs.map(({ id }) => id)).toEqual(['s', 'c']);
    expect(made.pictures).toEqual([{ name: 'mandrill', colour: false }]);
  });

  it('fetches the first picture at once, and colours only where they are asked for', () => {
    const made = plan([found('n', '1'), found('a', 'mandrill'), found('b', 'testimage("airplane")')], {
      n: number,
      a: picture,
      b: picture,
    });
    expect([...made.cells.values()].map(({ cell }) => cell.eager)).toEqual([false, true, false]);
    expect(made.pictures).toEqual([
      { name: 'mandrill', colour: false },
      { name: 'airplane', colour: true },
    ]);
  });

  it('says for a reader who cannot see it what the picture is', () => {
    const made = plan([found('a', 'mandrill', 'live caption="The *poster*."'), found('b', 'x\nmandrill')], {
      a: picture,
      b: picture,
    });
    const alts = [...made.cells.values()].map(({ cell }) => cell.alt);
    expect(alts[0]).toMatch(/^The poster\. .*2 × 3/);
    expect(alts[1]).toMatch(/^Result of mandrill\. /);
  });

  it('has nothing for the live part where nothing is shown', () => {
    expect(plan([found('v', '1', 'live', true)], { v: number }).payload).toBeNull();
  });

  it.each([
    ['a player without its slider', found('a', 'mandrill', 'live animate="knob"'), picture],
    ['a picture in the prose', found('a', 'mandrill', 'live', true), picture],
  ])('refuses %s, and names the program that asks for it', (_, one, outcome) => {
    expect(() => plan([one], { a: outcome })).toThrow(PlanError);
    expect(() => plan([one], { a: outcome })).toThrow(expect.objectContaining({ id: 'a' }) as Error);
  });
});
