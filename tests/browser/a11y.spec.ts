/** Every page, in both themes, on a desk and in a hand: no violation that axe can see. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { gallery, pages, tagsOf } from './built.ts';

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** Rules whose answer hangs on colours: all that another theme can change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/** Rules whose answer hangs on where things lie: all that another width can change. */
const LAYOUT_RULES = ['target-size', 'scrollable-region-focusable', 'meta-viewport'];

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

async function open(
  browser: Browser,
  baseURL: string | undefined,
  address: string,
  look: { readonly viewport: typeof desk; readonly colorScheme: 'light' | 'dark' },
): Promise<Page> {
  const context = await browser.newContext({ ...look, reducedMotion: 'reduce', baseURL });
  const page = await context.newPage();
  await page.goto(address);
  // Axe cannot judge what is folded away.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('main details')) details.open = true;
  });
  return page;
}

for (const address of [...pages, gallery, './404.html']) {
  test(
    `axe finds nothing on ${address}, no colour in dark, no layout in a hand`,
    tagsOf(address),
    async ({ browser, baseURL }) => {
      // The page about Julia has thousands of words of code, each of which has a colour.
      test.setTimeout(300_000);
      const page = await open(browser, baseURL, address, { viewport: desk, colorScheme: 'light' });
      expect(await violationsOf(page)).toEqual([]);
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const before = await paper();
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(paper).not.toBe(before);
      expect(await violationsOf(page, COLOUR_RULES)).toEqual([]);
      await page.setViewportSize(phone);
      // What scrolls now becomes a stop of the keyboard with the next frame.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
      expect(await violationsOf(page, LAYOUT_RULES)).toEqual([]);
      await page.context().close();
    },
  );

  for (const [name, viewport, colorScheme] of [
    ['on a desk in dark', desk, 'dark'],
    ['in a hand in light', phone, 'light'],
    ['in a hand in dark', phone, 'dark'],
  ] as const)
    test(`axe finds nothing on ${address}, ${name} from the start`, { tag: '@slow' }, async ({ browser, baseURL }) => {
      test.setTimeout(300_000);
      const page = await open(browser, baseURL, address, { viewport, colorScheme });
      expect(await violationsOf(page)).toEqual([]);
      await page.context().close();
    });
}

test('the open index has no violation either', async ({ page }) => {
  await page.goto('./');
  await page.getByText('Contents', { exact: true }).click();
  const { violations } = await new AxeBuilder({ page }).include('header').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

/** What the Tab key stops at on a page. More is a wall to whoever reads by keyboard. */
const MOST_STOPS = 60;

async function expectFewStops(page: Page): Promise<void> {
  // Tables and formulas that fit are no stops, once their widths are known: with the fonts, a frame after the scripts.
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame);
  });
  const stops = await page.evaluate(() => {
    const groups = new Set<string>();
    return [...document.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => !element.matches(':disabled'))
      .filter((element) => {
        if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
        const known = groups.has(element.name);
        groups.add(element.name);
        return !known;
      })
      .map((element) => ({
        name: element.outerHTML.slice(0, 80),
        // What is clipped away, but for links that show once they have the focus and inputs whose label is seen.
        unseen:
          getComputedStyle(element).clipPath === 'inset(50%)' && !element.matches('a, input') ? [element.tagName] : [],
      }));
  });
  expect(stops.length, stops.map(({ name }) => name).join('\n')).toBeLessThanOrEqual(MOST_STOPS);
  expect(stops.flatMap(({ unseen }) => unseen)).toEqual([]);
}

for (const address of pages) {
  test(
    `the keyboard reaches everything on ${address}, in few stops, none of them unseen`,
    tagsOf(address),
    async ({ page }) => {
      await page.goto(address);
      await page.waitForFunction(() => document.querySelector('julia-cell:not(:defined)') === null);
      await expectFewStops(page);
      // The lab wakes under the first focus; its buttons are one stop then.
      if (address.includes('lab/')) {
        await page.locator('.lab-name').dispatchEvent('focusin');
        await expect(page.locator('.lab-actions[data-roving]')).toBeVisible();
      }
      await page.evaluate(() => {
        // Radio buttons of one group are one stop, and so is what the arrow keys move among; what is folded or hidden is none.
        const wanted = [
          // A slider beside a field of the same number is for the hand, and left out of the keyboard's way.
          ...document.querySelectorAll<HTMLElement>(
            'a[href], button, input:not([type="range"][tabindex="-1"]), select, textarea, summary, [tabindex="0"]',
          ),
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
          const all = globalThis as unknown as { marked?: WeakMap<Element, number>; count?: number };
          const marks = (all.marked ??= new WeakMap());
          if (!marks.has(element)) marks.set(element, (all.count = (all.count ?? 0) + 1));
          const key = radio ?? String(marks.get(element));
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
    },
  );
}
