import { fetchJetplane, JETPLANE_FROM } from '../Jetplane/jetplane.ts';
import type { Session } from '../../notebook/session.ts';
import { ownShelf } from '../OwnPictures/shelf.ts';
import { shownName } from './file-name.ts';
import { button } from './panel-more.ts';

export interface PicturesPanel {
  /** Takes a file for the picture `name`; where the cell has several and none is named, the reader is asked which. */
  readonly offer: (file: Blob, name?: string) => void;
  /** Shows which pictures stand under the names now. */
  readonly refresh: () => void;
}

/** The panel in which a reader puts a picture of their own in place of one that the cell's code names. */
export function openPictures(panel: HTMLElement, page: Session, cell: string): PicturesPanel {
  const rows = document.createElement('div');
  const say = document.createElement('p');
  say.className = 'cell-small';
  say.setAttribute('role', 'status');
  const privacy = document.createElement('p');
  privacy.className = 'cell-small';
  privacy.textContent =
    'Choose, drop or paste a picture (PNG, JPEG, WebP, AVIF, GIF, TIFF) or a matrix (NPY, CSV). It is read here and never leaves this page.';
  const fit = fitChoice();
  let held: Blob | null = null;
  let drawn = '';

  const take = async (name: string, source: Blob, label: string): Promise<void> => {
    say.textContent = 'Reading the picture …';
    try {
      const notes = await page.setPicture(name, source, label, fit.input.checked);
      held = null;
      say.textContent = notes.join(' ');
    } catch (error) {
      say.textContent = error instanceof Error ? error.message : String(error);
    }
    refresh(true);
  };

  const takeJetplane = async (name: string): Promise<void> => {
    say.textContent = `Asking ${JETPLANE_FROM} …`;
    try {
      await take(name, await fetchJetplane(), 'jetplane');
    } catch (error) {
      say.textContent = error instanceof Error ? error.message : String(error);
    }
  };

  const sourceRow = (name: string): HTMLElement => {
    const element = document.createElement('div');
    element.className = 'cell-row cell-source';
    element.dataset['source'] = name;
    const code = document.createElement('code');
    code.textContent = name;
    const standing = page.standing(name);
    const what = document.createElement('span');
    if (standing === null) what.textContent = 'as the page has it';
    else {
      // Isolated: a name written from right to left must not turn the size that follows it.
      const label = document.createElement('bdi');
      label.textContent = standing.label;
      what.append(label, `, ${standing.rows} × ${standing.cols}`);
    }
    element.append(
      code,
      what,
      fileButton(name, (file) => void take(name, file, labelOf(file))),
    );
    if (held !== null) {
      const file = held;
      element.append(button(`Use it for ${name}`, () => void take(name, file, labelOf(file))));
    }
    if (name !== 'mandrill') element.append(button('Fetch jetplane', () => void takeJetplane(name)));
    if (standing !== null) element.append(button(`Put ${name} back`, () => page.stand(name, null)));
    return element;
  };

  const shelf = ownShelf(
    () => page.picturesOf(cell),
    (name, file, label) => void take(name, file, label),
  );
  const refresh = (force = false): void => {
    const names = page.picturesOf(cell);
    const state = names.map((name) => `${name}:${page.standing(name)?.label ?? ''}`).join() + String(held !== null);
    if (state === drawn && !force) return;
    drawn = state;
    jetplane.hidden = !names.some((name) => name !== 'mandrill');
    rows.replaceChildren(...names.map(sourceRow));
    void shelf.refresh();
  };

  const jetplane = document.createElement('p');
  jetplane.className = 'cell-small';
  jetplane.textContent = `“Fetch jetplane” asks ${JETPLANE_FROM} for the poster’s second picture: that request leaves this site.`;
  panel.replaceChildren(privacy, rows, fit.element, shelf.element, jetplane, say);
  refresh(true);
  return {
    refresh,
    offer: (file, name) => {
      const names = page.picturesOf(cell);
      const only = name ?? (names.length === 1 ? names[0] : undefined);
      if (only !== undefined) void take(only, file, labelOf(file));
      else {
        held = file;
        say.textContent = names.length === 0 ? 'This cell reads no picture.' : 'Which picture shall it stand in for?';
        refresh(true);
      }
    },
  };
}

function labelOf(file: Blob): string {
  return shownName(file instanceof File ? file.name : '');
}

function fileButton(name: string, chosen: (file: File) => void): HTMLElement {
  const label = document.createElement('label');
  label.className = 'cell-button cell-choose';
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*,.npy,.csv,.tsv,.tif,.tiff,.avif';
  input.setAttribute('aria-label', `Choose a picture for ${name}`);
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = '';
    if (file !== undefined) chosen(file);
  });
  label.append('Choose a file', input);
  return label;
}

function fitChoice(): { element: HTMLElement; input: HTMLInputElement } {
  const element = document.createElement('label');
  element.className = 'cell-row cell-check';
  const input = document.createElement('input');
  input.type = 'checkbox';
  input.checked = true;
  element.append(input, ' crop and resize it to the size of the picture it replaces');
  return { element, input };
}
