import { afterEach, describe, expect, it, vi } from 'vitest';
import { onDemand } from './on-demand.ts';

afterEach(() => vi.unstubAllGlobals());

function browser(onLine: boolean, answers: boolean) {
  vi.stubGlobal('navigator', { onLine });
  vi.stubGlobal('location', { href: 'http://127.0.0.1:4321/' });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  const asked = vi.fn(() => (answers ? Promise.resolve() : Promise.reject(new TypeError('Failed to fetch'))));
  vi.stubGlobal('fetch', asked);
  return asked;
}

describe('an import on demand', () => {
  it('is made once, and asks nothing else of a browser that is online', async () => {
    const asked = browser(true, false);
    const load = vi.fn(() => Promise.resolve('module'));
    const ask = onDemand(load);
    expect(load).not.toHaveBeenCalled();
    expect([await ask(), await ask()]).toEqual(['module', 'module']);
    expect(load).toHaveBeenCalledTimes(1);
    expect(asked).not.toHaveBeenCalled();
  });

  it('is not made offline, and is made once the browser is online again', async () => {
    browser(false, false);
    const load = vi.fn(() => Promise.resolve('module'));
    const ask = onDemand(load);
    await expect(ask()).rejects.toMatchObject({
      message: 'This part could not be loaded; are you offline? Try again, or reload the page.',
      cause: new TypeError('Failed to fetch'),
    });
    expect(load).not.toHaveBeenCalled();
    browser(true, false);
    expect(await ask()).toBe('module');
  });

  it('is made offline where the site is served from this machine, and stays what it is without any server', async () => {
    browser(false, true);
    const ask = onDemand(() => Promise.resolve('module'));
    expect(await ask()).toBe('module');
    browser(false, false);
    expect(await ask()).toBe('module');
  });

  it('can be tried again after it failed', async () => {
    browser(true, true);
    const load = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new TypeError('gone'))
      .mockResolvedValue('module');
    const ask = onDemand(load);
    await expect(ask()).rejects.toMatchObject({ name: 'NotLoadedError', cause: new TypeError('gone') });
    expect(await ask()).toBe('module');
  });
});
