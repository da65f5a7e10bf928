/**
 * Finds a stock Firefox, or Debian's, for the test that training gives the same bits in it, and opens it at an address.
 *
 * In this order: `FIREFOX_PATH`; a Firefox on PATH; Debian's `firefox-esr` when root on Debian. Prints the path when run by
 * itself: `node scripts/firefox.ts`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { executable, fromDebian, named, onPath, printFound } from './find-program.ts';

const names = ['firefox-esr', 'firefox'];
const usual = ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'];

/** A Firefox that is here, or undefined. @throws Error where FIREFOX_PATH is no program. */
export function installedFirefox(): string | undefined {
  return named('FIREFOX_PATH') ?? onPath(names) ?? usual.find(executable);
}

/** @throws Error with one sentence that says what to do, where there is no Firefox and none could be had. */
function findFirefox(): string {
  const found = installedFirefox() ?? (fromDebian('firefox-esr') ? onPath(names) : undefined);
  if (found !== undefined) return found;
  throw new Error('No Firefox could be found or installed: install Firefox, or set FIREFOX_PATH to one.');
}

/** Nothing of a first start: no welcome page, no question, no request of its own. */
const preferences = {
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.disabledForTesting': true,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
};

export interface OpenFirefox {
  /** Rejects when it ends before it is closed. */
  readonly died: Promise<never>;
  close(): Promise<void>;
}

/** Opens `address` in a Firefox without a window, with a profile of its own that is thrown away. */
export async function openFirefox(program: string, address: string): Promise<OpenFirefox> {
  const profile = await mkdtemp(path.join(tmpdir(), 'firefox-'));
  const lines = Object.entries(preferences).map(
    ([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`,
  );
  await writeFile(path.join(profile, 'user.js'), `${lines.join('\n')}\n`);
  const child = spawn(program, ['--headless', '--no-remote', '--new-instance', '--profile', profile, address], {
    // Crash reports would ask another host, and outlive the test.
    env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', HOME: profile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', resolve).once('error', () => resolve(null)),
  );
  const died = ended.then((status) => {
    throw new Error(`Firefox ended by itself, with status ${String(status)}: ${said}`);
  });
  died.catch(() => undefined);
  return {
    died,
    close: async () => {
      child.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

if (import.meta.main) printFound(findFirefox);
