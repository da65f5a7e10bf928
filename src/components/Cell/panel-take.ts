import { stateAddress } from './state-address.ts';
import { jupyterText } from '../../lib/export/jupyter.ts';
import { juliaText } from '../../lib/export/julia.ts';
import { numpyText } from '../../lib/export/numpy.ts';
import { aboutCell, type ExportPage } from '../../lib/export/page.ts';
import { plutoText } from '../../lib/export/pluto.ts';
import type { Session } from '../../notebook/session.ts';
import { handOver } from '../ui/hand-over.ts';
import { pageFile } from './result-html.ts';
import { chartSvg, figurePng } from './take-figure.ts';
import { exportPage, markdownOf } from './take-page.ts';

const REPOSITORY = 'https://github.com/anhinga/JuliaCon2021-poster';

export interface TakeActions {
  readonly session: Session;
  /** The cell's element. */
  readonly cell: HTMLElement;
  /** Name of saved files, without an ending. */
  readonly file: string;
  /** The engine and why it was chosen, in words. */
  readonly engine: () => string;
}

/** Fills the panel of what can be taken along: programs for elsewhere, notebooks, figures, and a report. */
export function openTake(panel: HTMLElement, actions: TakeActions): void {
  const { session, cell, file } = actions;
  const say = document.createElement('p');
  say.className = 'cell-small';
  say.setAttribute('role', 'status');

  /** A button that does something and says what happened. */
  const doing = (words: string, act: () => Promise<string>): HTMLButtonElement => {
    const element = document.createElement('button');
    element.type = 'button';
    element.className = 'cell-button';
    element.textContent = words;
    element.addEventListener('click', () => {
      say.textContent = '';
      act().then(
        (said) => (say.textContent = said),
        (error: unknown) => (say.textContent = error instanceof Error ? error.message : String(error)),
      );
    });
    return element;
  };
  const about = (page: ExportPage): ExportPage => aboutCell(page, cell.id);
  const copying = (words: string, make: (page: ExportPage) => string): HTMLButtonElement =>
    doing(words, async () => copied(make(await exportPage(session, { png: false }))));
  const saving = (words: string, name: string, type: string, make: (page: ExportPage) => string): HTMLButtonElement =>
    doing(words, async () => {
      handOver(make(await exportPage(session, { png: true })), type, name);
      return `Saved as ${name}.`;
    });
  const [jupyter, pluto] = ['application/x-ipynb+json', 'text/plain'];
  const whole = pageFile(cell.dataset['page'] ?? 'page');
  panel.replaceChildren(
    row('This cell', [
      copying('Copy as Julia', (page) => juliaText(about(page))),
      copying('Copy as NumPy', (page) => numpyText(about(page))),
      saving('Jupyter notebook', `${file}.ipynb`, jupyter, (page) => jupyterText(about(page))),
      saving('Pluto notebook', `${file}.jl`, pluto, (page) => plutoText(about(page))),
    ]),
    row('The whole page', [
      copying('Copy the whole page as Julia', juliaText),
      saving('The whole page as a Jupyter notebook', `${whole}.ipynb`, jupyter, jupyterText),
      saving('The whole page as a Pluto notebook', `${whole}.jl`, pluto, plutoText),
    ]),
    row('Figure', figures(actions, doing)),
    row('Report', [doing('Report this cell', () => report(actions))]),
    say,
  );
}

function row(name: string, buttons: readonly HTMLElement[]): HTMLElement {
  const element = document.createElement('div');
  element.className = 'cell-row';
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', name);
  const label = document.createElement('span');
  label.textContent = name;
  element.append(label, ...buttons);
  return element;
}

async function copied(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error('The browser does not let this page write to the clipboard.');
  }
  return 'Copied.';
}

type Doing = (words: string, act: () => Promise<string>) => HTMLButtonElement;

function figures({ session, cell, file }: TakeActions, doing: Doing): HTMLElement[] {
  const picture = doing('Figure with caption (PNG)', async () => {
    const shown = cell.querySelector<HTMLCanvasElement | HTMLImageElement>('.cell-picture :is(canvas, img)');
    if (shown === null) throw new Error('This result is no picture.');
    const caption = cell.querySelector('.cell-caption');
    const blob = await figurePng({
      picture: shown,
      caption: caption === null ? '' : markdownOf(caption).replaceAll('$', ''),
      program: session.text(cell.id),
      address: await stateAddress(session, cell.id),
    });
    handOver(blob, 'image/png', `${file}-figure.png`);
    return `Saved as ${file}-figure.png.`;
  });
  const chart = doing('Chart (SVG)', async () => {
    const charts = [...cell.querySelectorAll<SVGSVGElement>('.cell-value svg.chart, .cell-value .plot-frame svg')];
    const shown = charts.find((one) => one.getBoundingClientRect().width > 0);
    if (shown === undefined) throw new Error('This result is no chart.');
    handOver(chartSvg(shown), 'image/svg+xml', `${file}.svg`);
    return Promise.resolve(`Saved as ${file}.svg.`);
  });
  return cell.querySelector('.cell-value .plot-frame svg') === null ? [picture] : [chart];
}

/** Opens a new issue in the site's repository, filled in; nothing is sent before the reader sends it. */
async function report({ session, cell, engine }: TakeActions): Promise<string> {
  const trouble = cell.querySelector<HTMLElement>('.cell-trouble');
  const error = trouble === null || trouble.hidden ? '' : trouble.textContent.trim();
  const body = [
    'What is wrong, and what did you expect?\n\n\n',
    `**Cell:** ${await stateAddress(session, cell.id)}`,
    `**Engine:** ${engine() || 'none yet'}`,
    `**Browser:** ${navigator.userAgent}`,
    ...(error === '' ? [] : [`**Error shown:** ${error}`]),
    `\n\`\`\`julia\n${session.text(cell.id).slice(0, 3000)}\n\`\`\``,
  ].join('\n');
  const address = new URL(`${REPOSITORY}/issues/new`);
  address.searchParams.set('title', `${pageFile(cell.dataset['page'] ?? 'page')}: ${cell.id}`);
  address.searchParams.set('body', body);
  window.open(address, '_blank', 'noopener');
  return 'The report opens in a new tab; nothing is sent before you send it there.';
}
