/**
 * A page opened from a disk in a stock Firefox, which nothing here drives: a script at the page's end turns a switch, waits for the picture and
 * takes it to a server of this test, as part of an address.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { installedFirefox, openFirefox } from '../../scripts/firefox.ts';

/** In the page. @returns every 101st grey level of the cell's picture, separated by commas */
async function turnTheSwitch(): Promise<string> {
  const cell = document.querySelector('julia-cell#symmetric');
  const control = document.querySelector<HTMLInputElement>('#symmetric-bind-softmax_left');
  if (!cell || !control) throw new Error('no such cell');
  control.focus();
  control.click();
  const canvas = (): HTMLCanvasElement | null => cell.querySelector('.cell-picture canvas');
  while (canvas() === null || cell.hasAttribute('data-busy')) await new Promise((done) => setTimeout(done, 50));
  const { width, height } = canvas() ?? { width: 0, height: 0 };
  const data = canvas()?.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  return Array.from({ length: Math.floor((width * height) / 101) }, (_, k) => data[4 * 101 * k]).join();
}

test('Firefox computes in a page that is a file', { tag: '@slow' }, async ({ page }) => {
  test.setTimeout(180_000);
  const firefox = installedFirefox();
  if (firefox === undefined && process.env['CI'] !== undefined) throw new Error('Firefox must be there in CI');
  test.skip(firefox === undefined, 'No Firefox here: install Debian’s firefox-esr, or set FIREFOX_PATH.');
  if (firefox === undefined) return;

  const folder = await mkdtemp(path.join(tmpdir(), 'portable-firefox-'));
  await promisify(execFile)(process.execPath, ['scripts/portable.ts', '--to', folder]);
  const index = path.join(folder, 'index.html');
  await page.goto(pathToFileURL(index).href);
  const wanted = (await page.evaluate(turnTheSwitch)).split(',').map(Number);
  expect(wanted.length).toBe(Math.floor((512 * 512) / 101));
  expect(new Set(wanted).size).toBeGreaterThan(50);

  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const told = new Promise<string>((resolve) =>
    server.on('request', ({ url }) => {
      const words = new URL(url ?? '', 'http://127.0.0.1').searchParams.get('told');
      if (words !== null) resolve(words);
    }),
  );
  const { port } = server.address() as AddressInfo;
  // Its own policy would refuse the probe.
  const html = (await readFile(index, 'utf8')).replace(/<meta http-equiv="content-security-policy"[^>]*>/, '');
  const probe = `<script type="module">${turnTheSwitch.toString()}
    turnTheSwitch().catch(String).then((words) => { location.href = 'http://127.0.0.1:${port}/?told=' + encodeURIComponent(words); });
  </script>`;
  const probed = path.join(folder, 'probed.html');
  await writeFile(probed, html + probe);
  const opened = await openFirefox(firefox, pathToFileURL(probed).href);
  try {
    const found = (await Promise.race([told, opened.died])).split(',').map(Number);
    const apart = wanted.map((level, k) => Math.abs(level - (found[k] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
  } finally {
    await opened.close();
    server.close();
    await rm(folder, { recursive: true });
  }
});
