/** Every page, in both themes, on a desk and in a hand: no violation that axe can see. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { pages } from './built.ts';

const screens = [
  { name: 'desk', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
] as const;

for (const address of [...pages, './404.html']) {
  for (const { name, width, height } of screens) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`axe finds nothing on ${address}, ${name}, ${colorScheme}`, async ({ browser, baseURL }) => {
        const context = await browser.newContext({
          viewport: { width, height },
          colorScheme,
          reducedMotion: 'reduce',
          baseURL,
        });
        const page = await context.newPage();
        await page.goto(address);
        // Axe cannot judge what is folded away.
        await page.evaluate(() => {
          for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) details.open = true;
        });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const readable = violations.map(({ id, help, nodes }) => ({
          id,
          help,
          at: nodes.map(({ target, failureSummary }) => [target.join(' '), failureSummary]),
        }));
        expect(readable).toEqual([]);
        await context.close();
      });
    }
  }
}

test('the open index has no violation either', async ({ page }) => {
  await page.goto('./');
  await page.getByText('Contents', { exact: true }).click();
  const { violations } = await new AxeBuilder({ page }).include('header').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

for (const address of pages) {
  test(`the keyboard reaches everything on ${address}`, async ({ page }) => {
    await page.goto(address);
    await page.evaluate(() => {
      // Radio buttons of one group are one stop; what is folded or hidden is none.
      const wanted = [
        ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
      ].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled'));
      const groups = new Set<string>();
      for (const element of wanted) {
        if (element instanceof HTMLInputElement && element.type === 'radio') {
          if (groups.has(element.name)) continue;
          groups.add(element.name);
          element.dataset['stop'] = element.name;
        } else element.dataset['stop'] = '';
      }
    });
    const stops = await page.locator('[data-stop]').count();
    expect(stops).toBeGreaterThan(5);
    const reached = new Set<string>();
    const invisible: string[] = [];
    // Cells that wake under focus may grow further stops: three times as many steps are plenty, and the end of the page ends it.
    for (let k = 0; k < stops * 3; k += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        // A displayed formula is a stop, and no HTMLElement.
        if (element === null || element === document.body) return null;
        const radio = element instanceof HTMLInputElement && element.type === 'radio' ? element.name : null;
        const key = radio ?? String([...document.querySelectorAll('*')].indexOf(element));
        const marked = radio === null ? element : document.querySelector<HTMLElement>(`[data-stop="${radio}"]`);
        marked?.setAttribute('data-reached', '');
        const label = radio === null ? null : element.closest('label');
        const outline = getComputedStyle(label ?? element);
        const visible =
          (outline.outlineStyle !== 'none' && parseFloat(outline.outlineWidth) > 0) ||
          outline.boxShadow !== 'none' ||
          element.matches('.cm-content');
        return { key, name: element.outerHTML.slice(0, 90), visible };
      });
      if (stop === null) break;
      if (!stop.visible) invisible.push(stop.name);
      reached.add(stop.key);
    }
    const missed = await page
      .locator('[data-stop]:not([data-reached])')
      .evaluateAll((elements) => elements.map((element) => element.outerHTML.slice(0, 120)));
    expect(missed).toEqual([]);
    expect(invisible, 'focus must be seen').toEqual([]);
  });
}
