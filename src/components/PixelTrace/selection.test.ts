import { afterEach, describe, expect, it } from 'vitest';
import { onPixel, pixelIn, selectedPixel, selectPixel } from './selection.ts';
import type { Selection } from './selection.ts';

const pixel: Selection = { row: 1, col: 2, rows: 4, cols: 5 };

afterEach(() => selectPixel(null));

describe('selection', () => {
  it('tells everyone of a change, once', () => {
    const heard: (Selection | null)[] = [];
    const control = new AbortController();
    onPixel((selection) => heard.push(selection), control.signal);
    selectPixel(pixel);
    selectPixel({ ...pixel });
    selectPixel(null);
    expect(heard).toEqual([pixel, null]);
    control.abort();
    selectPixel(pixel);
    expect(heard.length).toBe(2);
  });

  it('tells a late listener what is selected', () => {
    selectPixel(pixel);
    const heard: (Selection | null)[] = [];
    const control = new AbortController();
    onPixel((selection) => heard.push(selection), control.signal);
    expect(heard).toEqual([pixel]);
    control.abort();
  });

  it('belongs to matrices of its size only', () => {
    selectPixel(pixel);
    expect(selectedPixel()).toEqual(pixel);
    expect(pixelIn({ rows: 4, cols: 5 })).toEqual({ row: 1, col: 2 });
    expect(pixelIn({ rows: 5, cols: 4 })).toBeNull();
    expect(pixelIn(null)).toBeNull();
  });
});
