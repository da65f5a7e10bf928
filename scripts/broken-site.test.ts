/** What an author with a slip sees: of the development server, and of a build. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { bin } from './steps.ts';

const root = fileURLToPath(new URL('../tests/fixtures/broken-site/', import.meta.url));
const words = 'TeX: undefined control sequence: \\foo.';
const place = 'src/fern/index.mdx:12:14';

let stop: () => void = () => undefined;
afterEach(() => stop());

async function start(
  ...args: string[]
): Promise<{ said: () => string; until: (sign: RegExp) => Promise<string>; ended: Promise<number | null> }> {
  const env = {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: '1',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
    NODE_ENV: undefined,
    VITEST: undefined,
  };
  const child = spawn(process.execPath, [await bin('astro'), ...args, '--root', root], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  stop = () => child.kill();
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (text += bytes.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const until = async (sign: RegExp): Promise<string> => {
    for (;;) {
      const found = sign.exec(text)?.[1];
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { said: () => text, until, ended };
}

describe('an article with a slip', { tags: ['slow'], timeout: 120_000 }, () => {
  it('fails the build, with its line and what to do', async () => {
    const { said, ended } = await start('build');
    expect(await ended).not.toBe(0);
    expect(said()).toContain(words);
    expect(said()).toContain(place);
  });

  it('is an error in the development server, and no page', async () => {
    const { said, until } = await start('dev', '--port', '0');
    const address = await until(/Local\s+(http:\S+)/);
    const response = await fetch(address);
    expect(response.status).toBe(500);
    // The page is the overlay's; its client shows what the server says.
    expect(await response.text()).toContain('/@vite/client');
    expect(said()).toContain(words);
    expect(said()).toContain(place);
  });
});
