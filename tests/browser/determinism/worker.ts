import fixture from '../../../src/lib/attention/determinism.fixture.json';
import type { RunConfig } from '../../../src/lib/attention/presets.ts';
import { PRESETS } from '../../../src/lib/attention/presets.ts';
import { unpackShipped } from '../../../src/lib/attention/tasks/fashion.ts';
import { hashAfter } from '../../../src/lib/attention/trainer.ts';

/** What a browser answers: the hash of the weights of every run of the fixture, by name, or why there is none. */
export type Answer = { readonly hashes: Readonly<Record<string, string>> } | { readonly error: string };

async function hashes(): Promise<Record<string, string>> {
  const response = await fetch(new URL('../../../public/data/fashion-mnist-14.bin', import.meta.url));
  const pictures = await unpackShipped(await response.blob());
  return Object.fromEntries(
    fixture.runs.map(({ name, config, steps }) => {
      const run = config as RunConfig;
      return [name, hashAfter(run, steps, PRESETS[run.preset].needs === 'nothing' ? undefined : pictures)];
    }),
  );
}

hashes().then(
  (found) => postMessage({ hashes: found } satisfies Answer),
  (error: unknown) => postMessage({ error: String(error) } satisfies Answer),
);
