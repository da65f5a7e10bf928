/** The whole notebook taken along: as programs and notebooks for elsewhere. */

import { juliaText } from '../../lib/export/julia.ts';
import { jupyterText } from '../../lib/export/jupyter.ts';
import { numpyText } from '../../lib/export/numpy.ts';
import { plutoText } from '../../lib/export/pluto.ts';
import { labFile } from '../../notebook/lab/lab-file.ts';
import type { LabDocument } from '../../notebook/lab/document.ts';
import type { Session } from '../../notebook/session.ts';
import { exportPage, withPictures } from '../Cell/take-page.ts';
import { group, taker } from '../Cell/taker.ts';
import { handOver } from '../ui/hand-over.ts';

/** What files of the notebook are called, without an ending: its name in letters that every system takes. */
function fileName(): string {
  const name = document.querySelector<HTMLInputElement>('[data-notebook-name]')?.value ?? '';
  const plain = name.normalize('NFKD').replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return (
    plain
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60)
      .toLowerCase() || 'notebook'
  );
}

export function fillTake(panel: HTMLElement, session: Session): void {
  const { say, copying, saving } = taker(session);
  const name = fileName();
  panel.replaceChildren(
    group('The whole notebook', [
      copying('Copy as Julia', null, juliaText),
      copying('Copy as NumPy', null, numpyText),
      saving('Jupyter notebook', null, `${name}.ipynb`, jupyterText),
      saving('Pluto notebook', null, `${name}.jl`, plutoText),
    ]),
    say,
  );
}

/** Saves the lab's own file. @returns one sentence for the reader */
export async function saveLab(session: Session, document: LabDocument): Promise<string> {
  const name = `${fileName()}.ipynb`;
  const page = await withPictures(session, exportPage(session, null));
  handOver(labFile(document, page), 'application/x-ipynb+json', name);
  return `Saved as ${name}: a Jupyter notebook, which the lab opens again as it is.`;
}
