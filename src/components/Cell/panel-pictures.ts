import { fetchJetplane, JETPLANE_FROM } from '../Jetplane/jetplane.ts';
import type { Session } from '../../notebook/session.ts';
import type { Standing } from '../../notebook/picture-places.ts';
import { ownShelf } from '../OwnPictures/shelf.ts';
import { onDemand } from '../ui/on-demand.ts';
import { shownName } from './file-name.ts';
import { button } from '../ui/fields.ts';

export interface PicturesPanel {
  /** Takes a file for the picture `name`; where the cell has several and none is named, the reader is asked which. */
  readonly offer: (file: Blob, name?: string) => void;
  /** Shows which pictures stand under the names now. */
  readonly refresh: () => void;
}

const loadCrop = onDemand(() => import('../OwnPictures/crop.ts'));

/** Of a part that was cut out, the whole file. */
const originals = new WeakMap<Blob, Blob>();

/** The panel in which a reader puts a picture of their own in place of one that the cell's code names. */
export function openPictures(panel: HTMLElement, page: Session, cell: string): PicturesPanel {
  const rows = document.createElement('div');
  const crop = document.createElement('div');
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

  /** The reader chooses which part stands for the picture: of its proportions, and resized to it. */
  const cropByHand = async (name: string, file: Blob, { label, rows: high, cols: wide }: Standing): Promise<void> => {
    try {
      const { openCrop } = await loadCrop();
      const whole = originals.get(file) ?? file;
      const tool = await openCrop({
        file: whole,
        aspect: wide / high,
        done: (part) => {
          // What was cut away can be had back.
          originals.set(part, whole);
          void take(name, part, label);
        },
        cancelled: () => undefined,
      });
      crop.replaceChildren(tool);
      tool.querySelector<HTMLElement>('.crop-box')?.focus();
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
    if (standing === null) what.textContent = page.address(name) === '' ? 'not here' : 'as the page has it';
    else {
      // Isolated: a name written from right to left must not turn the size that follows it.
      const label = document.createElement('bdi');
      label.textContent = standing.label;
      what.append(label, `, ${standing.rows} × ${standing.cols}`);
    }
    element.append(
      code,
      what,
      fileButton('Choose a file', `Choose a picture for ${name}`, (file) => void take(name, file, labelOf(file))),
      cameraButton(name, (file) => void take(name, file, labelOf(file))),
    );
    if (standing !== null && 'file' in standing.source) {
      const { file } = standing.source;
      element.append(button(`Crop by hand`, () => void cropByHand(name, file, standing)));
    }
    if (held !== null) {
      const file = held;
      element.append(button(`Use it for ${name}`, () => void take(name, file, labelOf(file))));
    }
    if (name !== 'mandrill') element.append(button('Fetch jetplane', () => void takeJetplane(name)));
    if (standing !== null) element.append(button(`Put ${name} back`, () => page.stand(name, null)));
    return element;
  };

  const shelf = ownShelf({
    session: page,
    cell,
    use: (name, file, label) => void take(name, file, label),
    say: (sentence) => (say.textContent = sentence),
  });
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
  panel.replaceChildren(privacy, rows, crop, fit.element, shelf.element, jetplane, say);
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

/** A phone's camera; a device with a mouse hides it (its camera is no better than its files). */
function cameraButton(name: string, chosen: (file: File) => void): HTMLElement {
  const element = fileButton('Take a photo', `Take a photo for ${name}`, chosen);
  element.classList.add('cell-camera');
  const input = element.querySelector('input');
  input?.setAttribute('accept', 'image/*');
  input?.setAttribute('capture', 'environment');
  return element;
}

/** A button that asks for a picture file. */
export function fileButton(words: string, label: string, chosen: (file: File) => void): HTMLElement {
  const element = document.createElement('label');
  element.className = 'cell-button cell-choose';
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*,.npy,.csv,.tsv,.tif,.tiff,.avif';
  input.setAttribute('aria-label', label);
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = '';
    if (file !== undefined) chosen(file);
  });
  element.append(words, input);
  return element;
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
