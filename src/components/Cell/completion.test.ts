import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { julia } from '@plutojl/lang-julia';
import { describe, expect, it } from 'vitest';
import { completions, describedAt } from './completion.ts';

/** The labels offered at the end of a text. */
function offered(doc: string, explicit = false): string[] {
  const state = EditorState.create({ doc, extensions: [julia()] });
  return (completions(new CompletionContext(state, doc.length, explicit))?.options ?? []).map(({ label }) => label);
}

describe('completion', () => {
  it('offers what the library has', () => {
    expect(offered('sof')).toContain('softmax');
    expect(offered('A = norm')).toEqual(expect.arrayContaining(['normalize_image', 'norm', 'svd', 'plot']));
  });

  it('offers the text’s own names, and not the word that is being written', () => {
    const labels = offered('faces = mandrill\nfac');
    expect(labels).toContain('faces');
    expect(labels).not.toContain('fac');
  });

  it('waits for two letters unless asked', () => {
    expect(offered('s')).toEqual([]);
    expect(offered('s', true)).toContain('softmax');
    expect(offered('A * ')).toEqual([]);
  });

  it('keeps out of text and comments', () => {
    expect(offered('x = "sof')).toEqual([]);
    expect(offered('# sof')).toEqual([]);
  });

  it('tells a function by its signature and one line', () => {
    const state = EditorState.create({ doc: 'sof', extensions: [julia()] });
    const option = completions(new CompletionContext(state, 3, false))?.options.find((o) => o.label === 'softmax');
    expect(option).toMatchObject({ type: 'function', detail: '(x; dims)' });
    expect(option?.info).toMatch(/sum to 1/);
  });
});

describe('a name under the pointer', () => {
  it('is described', () => {
    expect(describedAt('B = softmax(A; dims=1)', 6)).toMatchObject({ from: 4, to: 11, entry: { name: 'softmax' } });
    expect(describedAt('B = softmax(A; dims=1)', 1)).toBeNull();
    expect(describedAt('mine(x)', 2)).toBeNull();
  });
});
