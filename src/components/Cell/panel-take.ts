import { jupyterText } from '../../lib/export/jupyter.ts';
import { juliaText } from '../../lib/export/julia.ts';
import { numpyText } from '../../lib/export/numpy.ts';
import { plutoText } from '../../lib/export/pluto.ts';
import type { Session } from '../../notebook/session.ts';
import { stateOf } from '../../notebook/difference.ts';
import { fragmentOf } from '../../notebook/link.ts';
import { isEmpty } from '../../notebook/state.ts';
import { publicAddress } from '../../site/address.ts';
import { embedCode, embedPath } from '../../site/embed-code.ts';
import { underBase } from '../../site/links.ts';
import { REPOSITORY } from '../../site/repository.ts';
import { sendToLab } from '../Lab/send.ts';
import { handOver } from '../ui/hand-over.ts';
import { pageFile } from './result-html.ts';
import { stateAddress } from './state-address.ts';
import { chartSvg, figurePng } from './take-figure.ts';
import { copied, group, taker, type Doing } from './taker.ts';
import { markdownOf } from './take-page.ts';

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
  const { say, doing, copying, saving } = taker(session);
  const whole = pageFile(cell.dataset['page'] ?? 'page');
  // An embed is one cell of a page that is elsewhere.
  const alone = cell.closest('cell-embed') !== null;
  const page = group('The whole page', [
    copying('Copy the whole page as Julia', null, juliaText),
    saving('The whole page as a Jupyter notebook', null, `${whole}.ipynb`, jupyterText),
    saving('The whole page as a Pluto notebook', null, `${whole}.jl`, plutoText),
  ]);
  panel.replaceChildren(
    group('This cell', [
      copying('Copy as Julia', cell.id, juliaText),
      copying('Copy as NumPy', cell.id, numpyText),
      ...embedding(actions, doing),
      saving('Jupyter notebook', cell.id, `${file}.ipynb`, jupyterText),
      saving('Pluto notebook', cell.id, `${file}.jl`, plutoText),
      ...(cell.dataset['page'] === 'lab' ? [] : [doing('Open in the lab', () => sendToLab(session, cell.id))]),
    ]),
    ...(alone ? [] : [page]),
    group('Figure', figures(actions, doing)),
    group('Report', [doing('Report this cell', () => report(actions))]),
    say,
  );
}

/** The HTML that shows this cell, as its reader has it, in another page. */
function embedding({ session, cell }: TakeActions, doing: Doing): HTMLElement[] {
  const path = embedPath(session.page, cell.id);
  if (path === null) return [];
  const copy = async (): Promise<string> => {
    const address = new URL(underBase(import.meta.env.BASE_URL, path), publicAddress().origin);
    const state = stateOf(session);
    if (!isEmpty(state)) address.search = (await fragmentOf({ state, cell: null })).replace('#', '?');
    const parts = cell.querySelectorAll<HTMLElement>('.cell-figure, .cell-program, .cell-bar');
    const height = [...parts].reduce((sum, { offsetHeight }) => sum + offsetHeight, 64);
    const title = cell.querySelector('.cell-actions')?.getAttribute('aria-label') ?? document.title;
    return copied(embedCode({ address: address.href, title: title.replace(/[.\s]+$/, ''), height }));
  };
  return [doing('Copy embed code', copy)];
}

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
