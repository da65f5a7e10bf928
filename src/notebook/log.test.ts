import { expect, it } from 'vitest';
import { logged } from './log.ts';
import { initialSettings } from './settings.ts';
import { FakeWorker } from './testing.ts';

it('writes down what a worker is sent, what it says and its end, and changes nothing', () => {
  const worker = new FakeWorker();
  const written: unknown[][] = [];
  const one = logged(worker, 'julia', (...line) => written.push(line));
  const start = { kind: 'start', settings: initialSettings } as const;
  const ready = { kind: 'ready', engine: 'reference', why: 'a test' } as const;
  one.postMessage(start);
  worker.say(ready);
  one.terminate();
  expect(worker.heard).toEqual([start]);
  expect(worker.ended).toBe(true);
  expect(written).toEqual([
    ['→ julia', start],
    ['julia →', ready],
    ['julia ended', null],
  ]);
});
