import { expect, it, vi } from 'vitest';
import { mandrill } from '../../lib/matrix/parity-pictures.ts';
import { ReferenceEngine } from '../../lib/matrix/reference.ts';
import type { FromDescent } from './protocol.ts';
import { MAY23 } from './runs.ts';
import { DescentSession } from './session.ts';

const SIZE = 24;
const pictures = { mandrill: 'm', airplane: 'a' };

async function bench() {
  const said: FromDescent[] = [];
  const asked: string[] = [];
  const session = new DescentSession((message) => said.push(message), {
    size: SIZE,
    site: (address) => {
      asked.push(address);
      return address === 'm' ? Promise.resolve(mandrill(SIZE)) : Promise.reject(new Error('It is not there.'));
    },
    own: () => Promise.resolve({ grey: new Float64Array(SIZE * SIZE).fill(0.5), notes: ['It was cut.'] }),
  });
  await session.hear({ kind: 'start', engine: 'reference', pictures });
  const last = (): FromDescent | undefined => said.at(-1);
  return { session, said, asked, last };
}

const steps = (said: readonly FromDescent[]) => said.flatMap((one) => (one.kind === 'progress' ? [one.steps] : []));

it('prepares, steps, and shows the state it has come to', async () => {
  const { session, said, asked, last } = await bench();
  expect(last()).toMatchObject({ kind: 'ready', engine: 'reference' });
  await session.hear({ kind: 'prepare', settings: MAY23 });
  expect(last()).toMatchObject({ kind: 'progress', steps: 0, from: 0, kept: [0], running: false, frame: { reach: 0 } });
  await session.hear({ kind: 'go', until: 3 });
  expect(last()).toMatchObject({ kind: 'progress', steps: 3, running: false, frame: { step: 3, size: SIZE } });
  const losses: number[] = [];
  for (const message of said)
    if (message.kind === 'progress') losses.splice(message.from, losses.length, ...message.losses);
  expect(losses).toHaveLength(4);
  expect(losses.every((loss, k) => k === 0 || loss < (losses[k - 1] ?? 0))).toBe(true);
  // The picture is fetched once, whatever is made of it.
  expect(asked).toEqual(['m']);
});

it('reads the state back from the engine once for each picture that it shows', async () => {
  const { session, last } = await bench();
  await session.hear({ kind: 'prepare', settings: MAY23 });
  const downloads = vi.spyOn(ReferenceEngine.prototype, 'download');
  const uploads = vi.spyOn(ReferenceEngine.prototype, 'upload');
  await session.hear({ kind: 'pause' });
  // The state, its product, and at most the loss.
  expect(downloads.mock.calls.length).toBeLessThanOrEqual(3);
  expect(uploads).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  expect(last()).toMatchObject({ kind: 'progress', frame: { step: 0 } });
});

it('shows a kept state as it showed it when it was new', async () => {
  const { session, last } = await bench();
  await session.hear({ kind: 'prepare', settings: MAY23 });
  await session.hear({ kind: 'go', until: 2 });
  const now = last();
  await session.hear({ kind: 'look', step: 2 });
  const again = last();
  if (now?.kind !== 'progress' || again?.kind !== 'frame') throw new Error('no pictures came');
  expect(again.frame.x).toEqual(now.frame.x);
  expect(again.frame.product).toEqual(now.frame.product);
});

it('stops between two steps when paused, and goes on', async () => {
  const { session, said, last } = await bench();
  await session.hear({ kind: 'prepare', settings: MAY23 });
  const going = session.hear({ kind: 'go', until: 10_000 });
  await new Promise((resolve) => setTimeout(resolve, 30));
  await session.hear({ kind: 'pause' });
  await going;
  const at = Math.max(...steps(said));
  expect(at).toBeLessThan(10_000);
  expect(last()).toMatchObject({ kind: 'progress', steps: at, running: false });
  await session.hear({ kind: 'go', until: at + 1 });
  expect(last()).toMatchObject({ kind: 'progress', steps: at + 1, running: false });
});

it('says in one sentence what is missing, and takes the reader’s picture', async () => {
  const { session, last } = await bench();
  await session.hear({ kind: 'prepare', settings: { ...MAY23, start: 'airplane' } });
  expect(last()).toEqual({ kind: 'failed', sentence: 'It is not there.' });
  await session.hear({ kind: 'own', blob: new Blob() });
  expect(last()).toEqual({ kind: 'own', sentence: null, notes: ['It was cut.'] });
  await session.hear({ kind: 'prepare', settings: { ...MAY23, start: 'own' } });
  expect(last()).toMatchObject({ kind: 'progress', steps: 0 });
  await session.hear({ kind: 'export' });
  expect(last()).toMatchObject({ kind: 'exported', size: SIZE });
});
