import { adopt } from '../ui/adopt.ts';
import { forgetPicture, ownPictures, type OwnPicture } from './library.ts';
import style from './shelf.css?inline';

adopt(style);

/**
 * The reader's own pictures as a shelf of thumbnails: each can be put in the place of a picture that the cell names, or thrown away.
 *
 * @param names the pictures that the cell names now
 */
export function ownShelf(
  names: () => readonly string[],
  use: (name: string, file: Blob, label: string) => void,
): { readonly element: HTMLElement; readonly refresh: () => Promise<void> } {
  const element = document.createElement('section');
  element.className = 'own-shelf';
  element.setAttribute('aria-label', 'Your pictures');
  element.hidden = true;
  const urls: string[] = [];
  let drawn = '';

  const refresh = async (): Promise<void> => {
    const pictures = await ownPictures();
    const state = [...names(), '|', ...pictures.map(({ key }) => key)].join(' ');
    if (state === drawn) return;
    drawn = state;
    for (const url of urls.splice(0)) URL.revokeObjectURL(url);
    element.hidden = pictures.length === 0 || names().length === 0;
    element.replaceChildren(heading(), ...pictures.map(item));
  };

  const item = (picture: OwnPicture): HTMLElement => {
    const box = document.createElement('div');
    box.className = 'own-picture';
    const image = document.createElement('img');
    const url = URL.createObjectURL(picture.file);
    urls.push(url);
    image.src = url;
    image.alt = '';
    image.loading = 'lazy';
    // A TIFF or a matrix: kept, but not a picture to every browser.
    image.addEventListener('error', () => image.remove(), { once: true });
    const label = document.createElement('bdi');
    label.textContent = picture.label;
    const uses = names().map((name) =>
      press(`for ${name}`, `Use ${picture.label} for ${name}`, () => use(name, picture.file, picture.label)),
    );
    const away = press('✕', `Forget ${picture.label}`, () => {
      void forgetPicture(picture.key).then(refresh);
    });
    box.append(image, label, ...uses, away);
    return box;
  };

  return { element, refresh };
}

function heading(): HTMLElement {
  const words = document.createElement('p');
  words.className = 'cell-small';
  words.textContent = 'Your pictures, kept in this browser:';
  return words;
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
