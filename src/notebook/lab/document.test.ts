import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addCell,
  blankDocument,
  changeCell,
  documentOf,
  isBlank,
  moveCell,
  removeCell,
  type LabDocument,
} from './document.ts';
import { anyLab } from './testing.ts';
import { Timeline } from './timeline.ts';

const sources = ({ cells }: LabDocument): string[] => cells.map(({ source }) => source);
const abc = documentOf(
  '',
  ['a', 'b', 'c'].map((source) => ({ kind: 'code', source })),
);

it('cells are added at their place, under a name that no other has', () => {
  const { document, id } = addCell(abc, 1, { kind: 'text', source: 'new' });
  expect(sources(document)).toEqual(['a', 'new', 'b', 'c']);
  expect(document.cells[1]).toEqual({ id, kind: 'text', source: 'new', folded: false, note: '', look: {} });
  expect(new Set(document.cells.map((cell) => cell.id)).size).toBe(4);
});

it('cells move by one place, and stay at the ends', () => {
  expect(sources(moveCell(abc, 'cell-1', 1))).toEqual(['b', 'a', 'c']);
  expect(sources(moveCell(abc, 'cell-3', -1))).toEqual(['a', 'c', 'b']);
  expect(moveCell(abc, 'cell-1', -1)).toBe(abc);
  expect(moveCell(abc, 'cell-3', 1)).toBe(abc);
  expect(moveCell(abc, 'nobody', 1)).toBe(abc);
});

it('the last cell that goes leaves an empty one', () => {
  expect(sources(removeCell(abc, 'cell-2'))).toEqual(['a', 'c']);
  const { cells } = removeCell(documentOf('', [{ kind: 'text', source: 'only' }]), 'cell-1');
  expect(cells.map(({ kind, source }) => [kind, source])).toEqual([['code', '']]);
});

it('a change that changes nothing gives the same document', () => {
  expect(changeCell(abc, 'cell-1', { source: 'a' })).toBe(abc);
  expect(sources(changeCell(abc, 'cell-1', { source: 'A', folded: true }))).toEqual(['A', 'b', 'c']);
});

it('a blank page is one on which nothing was written', () => {
  expect(isBlank(blankDocument())).toBe(true);
  expect(isBlank({ ...blankDocument(), name: 'mine' })).toBe(false);
  expect(isBlank(abc)).toBe(false);
});

type Step = (document: LabDocument) => LabDocument;
const at = (document: LabDocument, k: number): string => document.cells[k % document.cells.length]?.id ?? '';
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.nat().map(
    (k): Step =>
      (d) =>
        addCell(d, k % (d.cells.length + 1), { kind: 'code', source: String(k) }).document,
  ),
  fc.tuple(fc.nat(), fc.constantFrom(1 as const, -1 as const)).map(
    ([k, by]): Step =>
      (d) =>
        moveCell(d, at(d, k), by),
  ),
  fc.nat().map(
    (k): Step =>
      (d) =>
        removeCell(d, at(d, k)),
  ),
  fc.tuple(fc.nat(), fc.string()).map(
    ([k, source]): Step =>
      (d) =>
        changeCell(d, at(d, k), { source }),
  ),
);

it('whatever is done, names stay unique, a cell is left, and undoing all of it gives the start, redoing all of it the end', () => {
  fc.assert(
    fc.property(anyLab, fc.array(anyStep, { maxLength: 30 }), (start, steps) => {
      const timeline = new Timeline<LabDocument>();
      let now = start;
      for (const step of steps) {
        const next = step(now);
        if (next === now) continue;
        timeline.note(now);
        now = next;
        expect(new Set(now.cells.map(({ id }) => id)).size).toBe(now.cells.length);
        expect(now.cells.length).toBeGreaterThan(0);
      }
      const end = now;
      for (let back = timeline.undo(now); back !== null; back = timeline.undo(now)) now = back;
      expect(now).toBe(start);
      for (let on = timeline.redo(now); on !== null; on = timeline.redo(now)) now = on;
      expect(now).toBe(end);
    }),
  );
});

it('a run of typing is one step, and a new change forgets what was undone', () => {
  const timeline = new Timeline<number>();
  timeline.note(0, 'typing in a');
  timeline.note(1, 'typing in a');
  timeline.rest();
  timeline.note(2, 'typing in a');
  expect(timeline.undo(3)).toBe(2);
  expect(timeline.undo(2)).toBe(0);
  expect(timeline.undo(0)).toBeNull();
  expect(timeline.redo(0)).toBe(2);
  timeline.note(2);
  expect(timeline.canRedo).toBe(false);
});
