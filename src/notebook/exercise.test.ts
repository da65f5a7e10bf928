import { expect, test } from 'vitest';
import { parse } from '../lib/julia/parse/parse.ts';
import { doExercise, isDone, type Exercise } from './exercise.ts';
import { Session } from './session.ts';
import { initialSettings } from './settings.ts';
import { FakeWorker } from './testing.ts';

const programs = [
  { id: 'a', program: parse('a = 1') },
  { id: 'b', program: parse('@bind c Slider(0:4)\nb = a + c') },
];
const exercise: Exercise = {
  page: 'p',
  programs: [{ id: 'a', program: parse('a = 2') }],
  controls: [{ name: 'c', value: 3, initial: 0 }],
};

function session(): Session {
  return new Session(
    { page: 'p', programs, pictures: {}, settings: initialSettings },
    { worker: () => new FakeWorker(), online: () => true },
  );
}

test('an exercise changes programs and controls, and takes both back', () => {
  const page = session();
  expect(isDone(page, exercise)).toBe(false);
  const undo = doExercise(page, exercise);
  expect([page.text('a'), page.bound.get('c')]).toEqual(['a = 2', 3]);
  expect(isDone(page, exercise)).toBe(true);
  undo();
  expect([page.text('a'), page.bound.get('c')]).toEqual(['a = 1', 0]);
  expect(isDone(page, exercise)).toBe(false);
});

test('a text that was not run is there again', () => {
  const page = session();
  page.setDraft('a', 'a = (');
  doExercise(page, exercise)();
  expect([page.text('a'), page.program('a')?.source]).toEqual(['a = (', 'a = 1']);
});

test('what the reader has changed since stays', () => {
  const page = session();
  const undo = doExercise(page, exercise);
  page.setProgram('a', parse('a = 7'));
  page.setBound('c', 4);
  expect(isDone(page, exercise)).toBe(false);
  undo();
  expect([page.text('a'), page.bound.get('c')]).toEqual(['a = 7', 4]);
});
