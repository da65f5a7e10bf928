import { chromium } from '@playwright/test';
import { chromiumArguments, findChromium } from './chromium.ts';
import { serve } from './serve.ts';
const { server, url } = await serve('dist');
const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments] });
try {
  for (const [w, scheme] of [[1440, 'light'], [390, 'dark']] as const) {
    const context = await browser.newContext({ viewport: { width: w, height: w === 390 ? 844 : 900 }, colorScheme: scheme, hasTouch: w === 390, isMobile: w === 390, serviceWorkers: 'block' });
    const page = await context.newPage();
    page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') console.log(m.type(), m.text()); });
    page.on('pageerror', (e) => console.log('pageerror', e));
    await page.goto(`${url}lab/`, { waitUntil: 'networkidle' });
    await page.screenshot({ path: `/tmp/lab-${w}-0.png` });
    await page.screenshot({ path: `/tmp/lab-${w}-full.png`, fullPage: true });
    await page.locator('.lab-starts button').nth(1).click();
    await page.locator('julia-cell canvas').first().waitFor({ timeout: 60000 });
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/lab-${w}-1.png` });
    await page.screenshot({ path: `/tmp/lab-${w}-1full.png`, fullPage: true });
    await page.getByRole('button', { name: '+ Text' }).last().click();
    await page.keyboard.type('## A title\n\nSome *text* with $\\rowhue{A}\\softmax(x)^2$, a [link](/scale/), `code` and <b onclick="x">raw</b>.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n$$\n\\sum_k x_k\n$$\n');
    await page.keyboard.press('Shift+Enter');
    await page.getByRole('button', { name: '+ Julia' }).last().click();
    await page.waitForTimeout(800);
    await page.keyboard.type('x = 3');
    await page.keyboard.press('Shift+Enter');
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/lab-${w}-2.png` });
    await page.getByRole('button', { name: 'Your notebooks' }).click();
    await page.waitForTimeout(500);
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/lab-${w}-3.png` });
    await context.close();
  }
} finally { await browser.close(); server.close(); }
