/** Every page, in both themes, on a desk and in a hand: no violation that axe can see. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { gallery, pages } from './built.ts';

const screens = [
  { name: 'desk', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
] as const;

/** Rules whose answer hangs on colours: all that another theme can change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it stands; of all rules, or of these. */
async function violationsOf(page: Page, rules?: readonly string[]): Promise<readonly unknown[]> {
  // Frames would have to be put together outside the page, with all that passes sent there: several times the work, and there are none.
  expect(page.frames()).toHaveLength(1);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({
      // Nobody reads what passes, and to name each such element takes longer than to look at it.
      resultTypes: ['violations'],
      ...(rules === undefined ? {} : { runOnly: { type: 'rule', values: [...rules] } }),
    })
    .analyze();
  return violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.map(({ target, failureSummary }) => [target.join(' '), failureSummary]),
  }));
}

for (const address of [...pages, gallery, './404.html']) {
  for (const { name, width, height } of screens) {
    const open = async (
      browser: Browser,
      baseURL: string | undefined,
      colorScheme: 'light' | 'dark',
    ): Promise<Page> => {
      const viewport = { width, height };
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce', baseURL });
      const page = await context.newPage();
      await page.goto(address);
      // Axe cannot judge what is folded away.
      await page.evaluate(() => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) details.open = true;
      });
      return page;
    };

    test(`axe finds nothing on ${address}, ${name}, light, and no colour in dark`, async ({ browser, baseURL }) => {
      // The page about Julia has thousands of words of code, each of which has a colour.
      test.setTimeout(300_000);
      const page = await open(browser, baseURL, 'light');
      expect(await violationsOf(page)).toEqual([]);
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const before = await paper();
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(paper).not.toBe(before);
      expect(await violationsOf(page, COLOUR_RULES)).toEqual([]);
      await page.context().close();
    });

    test(
      `axe finds nothing on ${address}, ${name}, dark from the start`,
      { tag: '@slow' },
      async ({ browser, baseURL }) => {
        const page = await open(browser, baseURL, 'dark');
        expect(await violationsOf(page)).toEqual([]);
        await page.context().close();
      },
    );
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
    // The lab wakes under the first focus; its buttons are one stop then.
    if (address.includes('lab/')) {
      await page.locator('.lab-name').dispatchEvent('focusin');
      await expect(page.locator('.lab-actions[data-roving]')).toBeVisible();
    }
    await page.evaluate(() => {
      // Radio buttons of one group are one stop, and so is what the arrow keys move among; what is folded or hidden is none.
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
    const mark = (): Promise<{ key: string; name: string; visible: boolean; toolbar: boolean } | null> =>
      page.evaluate(() => {
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
        const toolbar = element.closest('[data-roving]') !== null;
        return { key, name: element.outerHTML.slice(0, 90), visible, toolbar };
      });
    // Cells that wake under focus may grow further stops: three times as many steps are plenty, and the end of the page ends it.
    for (let k = 0; k < stops * 3; k += 1) {
      await page.keyboard.press('Tab');
      const stop = await mark();
      if (stop === null) break;
      if (!stop.visible) invisible.push(stop.name);
      reached.add(stop.key);
      // Inside a toolbar the arrow keys lead from button to button, and stay on the last.
      for (let last = '', next = stop; next.toolbar && next.key !== last;) {
        last = next.key;
        await page.keyboard.press('ArrowRight');
        next = (await mark()) ?? stop;
        if (!next.visible) invisible.push(next.name);
      }
    }
    const missed = await page
      .locator('[data-stop]:not([data-reached])')
      .evaluateAll((elements) => elements.map((element) => element.outerHTML.slice(0, 120)));
    expect(missed).toEqual([]);
    expect(invisible, 'focus must be seen').toEqual([]);
  });
}
