import type { Session } from '../../notebook/session.ts';
import { SAMPLES } from '../../notebook/samples.ts';
import { openSessions, sampleAddress } from '../Cell/page-session.ts';
import { adopt } from '../ui/adopt.ts';
import { lendPictures } from './lend.ts';
import { forgetPicture, library, nameOf, ownPictures, renamePicture, type OwnPicture } from './library.ts';
import style from './shelf.css?inline';

adopt(style);

export interface ShelfActions {
  readonly session: Session;
  readonly cell: string;
  /** Puts a picture in the place of one that the cell names. */
  readonly use: (name: string, file: Blob, label: string) => void;
  readonly say: (sentence: string) => void;
}

/**
 * The reader's own pictures as a shelf of thumbnails, and those that the site lends: each can be put in the place of a picture that the cell
 * names, or be asked for by `picture("name")`. Own ones can be named, and thrown away.
 */
export function ownShelf({ session, cell, use, say }: ShelfActions): {
  readonly element: HTMLElement;
  readonly refresh: () => Promise<void>;
} {
  const element = document.createElement('div');
  const urls: string[] = [];
  let drawn = '';
  const names = (): readonly string[] => session.picturesOf(cell);

  const refresh = async (): Promise<void> => {
    const pictures = await ownPictures();
    const state = [...names(), '|', ...pictures.map(({ key, label }) => `${key} ${label}`)].join(' ');
    if (state === drawn) return;
    drawn = state;
    for (const url of urls.splice(0)) URL.revokeObjectURL(url);
    const own =
      pictures.length === 0
        ? []
        : [shelf('Your pictures', 'Your pictures, kept in this browser:', pictures.map(ownItem))];
    element.replaceChildren(...own, shelf('Pictures to try', 'Pictures to try:', SAMPLES.map(sampleItem)));
  };

  const item = (label: string, url: string, ...more: readonly Node[]): HTMLElement => {
    const box = document.createElement('div');
    box.className = 'own-picture';
    const image = document.createElement('img');
    image.src = url;
    image.alt = '';
    image.loading = 'lazy';
    // A TIFF or a matrix: kept, but not a picture to every browser.
    image.addEventListener('error', () => image.remove(), { once: true });
    const code = document.createElement('code');
    code.textContent = `picture(${JSON.stringify(nameOf(label))})`;
    box.append(image, ...more, code);
    return box;
  };

  const ownItem = (picture: OwnPicture): HTMLElement => {
    const url = URL.createObjectURL(picture.file);
    urls.push(url);
    const label = document.createElement('input');
    label.value = nameOf(picture.label);
    label.setAttribute('aria-label', `Name of ${picture.label}`);
    label.addEventListener('change', () => {
      const name = label.value.trim();
      if (name === '') label.value = nameOf(picture.label);
      else
        void renamePicture(picture.key, name)
          .then(() => lendPictures(openSessions()))
          .then(refresh);
    });
    const uses = names().map((name) =>
      press(`for ${name}`, `Use ${picture.label} for ${name}`, () => use(name, picture.file, picture.label)),
    );
    const away = press('✕', `Forget ${picture.label}`, () => {
      void forgetPicture(picture.key).then(refresh);
    });
    return item(picture.label, url, label, ...uses, away);
  };

  const sampleItem = ({ name, shows }: (typeof SAMPLES)[number]): HTMLElement => {
    const take = async (place: string): Promise<void> => {
      try {
        const answer = await fetch(sampleAddress(name));
        if (!answer.ok) throw new Error(`status ${answer.status}`);
        use(place, await answer.blob(), name);
      } catch {
        say(`The picture “${name}” could not be fetched; are you offline?`);
      }
    };
    const words = document.createElement('span');
    words.textContent = shows;
    const uses = names().map((place) => press(`for ${place}`, `Use ${name} for ${place}`, () => void take(place)));
    return item(name, sampleAddress(name), words, ...uses);
  };

  library.addEventListener('kept', () => void refresh());
  return { element, refresh };
}

function shelf(name: string, words: string, items: readonly HTMLElement[]): HTMLElement {
  const section = document.createElement('section');
  section.className = 'own-shelf';
  section.setAttribute('aria-label', name);
  const heading = document.createElement('p');
  heading.className = 'cell-small';
  heading.textContent = words;
  section.append(heading, ...items);
  return section;
}

function press(words: string, name: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'cell-button';
  button.textContent = words;
  button.setAttribute('aria-label', name);
  button.addEventListener('click', act);
  return button;
}
