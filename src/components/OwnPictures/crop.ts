import { dragBox, largestBox, moveBox, scaleBox, type CropBox, type PictureSize } from '../../lib/image/crop-box.ts';
import { adopt } from '../ui/adopt.ts';
import { button } from '../ui/fields.ts';
import style from './crop.css?inline';

adopt(style);

export interface CropWishes {
  readonly file: Blob;
  /** Width / height of what is cut out. */
  readonly aspect: number;
  readonly done: (part: Blob) => void;
  readonly cancelled: () => void;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * A picture with a box of given proportions: draw one by a drag, move it by dragging inside of it or with the arrow keys, plus and minus for its size.
 * Rejects, with one sentence, where the browser cannot show the file.
 */
export async function openCrop({ file, aspect, done, cancelled }: CropWishes): Promise<HTMLElement> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error(
      'This browser cannot show the file, so no part of it can be chosen by hand: it stands cropped to its middle.',
    );
  });
  const picture: PictureSize = { width: bitmap.width, height: bitmap.height };
  let box = largestBox(picture, aspect);

  const canvas = document.createElement('canvas');
  canvas.className = 'crop-picture';
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  const frame = document.createElement('div');
  frame.className = 'crop-box';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-roledescription', 'part to cut out');
  const stage = document.createElement('div');
  stage.className = 'crop-stage';
  stage.append(canvas, frame);

  const place = (next: CropBox): void => {
    box = next;
    const share = (value: number, whole: number): string => `${(100 * value) / whole}%`;
    frame.style.left = share(box.left, picture.width);
    frame.style.top = share(box.top, picture.height);
    frame.style.width = share(box.width, picture.width);
    frame.style.height = share(box.height, picture.height);
    frame.setAttribute(
      'aria-label',
      `${Math.round(box.height)} × ${Math.round(box.width)} pixels from row ${Math.round(box.top) + 1}, column ${Math.round(box.left) + 1}. Arrow keys move it, plus and minus make it larger or smaller.`,
    );
  };
  place(box);
  followHand(stage, picture, aspect, () => box, place);
  frame.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    const step = Math.max(1, Math.round(picture.width / (event.shiftKey ? 10 : 100)));
    if (move) place(moveBox(picture, box, move[0] * step, move[1] * step));
    else if (event.key === '+' || event.key === '=') place(scaleBox(picture, box, 1.1));
    else if (event.key === '-') place(scaleBox(picture, box, 1 / 1.1));
    else return;
    event.preventDefault();
  });

  const end = (): void => {
    bitmap.close();
    element.remove();
  };
  const use = button('Use this part', () => {
    void cutOut(bitmap, box).then((part) => {
      end();
      done(part);
    });
  });
  const element = document.createElement('div');
  element.className = 'crop';
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', 'Choose a part of the picture');
  const row = document.createElement('div');
  row.className = 'cell-row';
  row.append(
    use,
    button('Larger', () => place(scaleBox(picture, box, 1.1))),
    button('Smaller', () => place(scaleBox(picture, box, 1 / 1.1))),
    button('Cancel', () => {
      end();
      cancelled();
    }),
  );
  element.append(stage, row);
  return element;
}

/** A drag that begins in the box moves it; one that begins elsewhere draws another. */
function followHand(
  stage: HTMLElement,
  picture: PictureSize,
  aspect: number,
  now: () => CropBox,
  place: (box: CropBox) => void,
): void {
  const at = (event: PointerEvent): { x: number; y: number } => {
    const area = stage.getBoundingClientRect();
    const within = (share: number, most: number): number => Math.min(Math.max(share, 0), 1) * most;
    return {
      x: within((event.clientX - area.left) / area.width, picture.width),
      y: within((event.clientY - area.top) / area.height, picture.height),
    };
  };
  let drag: { readonly from: { x: number; y: number }; readonly box: CropBox | null } | null = null;
  stage.addEventListener('pointerdown', (event) => {
    const from = at(event);
    const box = now();
    const inside =
      from.x >= box.left && from.x <= box.left + box.width && from.y >= box.top && from.y <= box.top + box.height;
    // A box as large as the picture cannot be moved: there a drag draws.
    const whole = box.width >= picture.width - 1 && box.height >= picture.height - 1;
    drag = { from, box: inside && !whole ? box : null };
    stage.setPointerCapture(event.pointerId);
    event.preventDefault();
    stage.querySelector<HTMLElement>('.crop-box')?.focus({ preventScroll: true });
  });
  stage.addEventListener('pointermove', (event) => {
    if (drag === null) return;
    const to = at(event);
    const { from, box } = drag;
    place(box === null ? dragBox(picture, aspect, from, to) : moveBox(picture, box, to.x - from.x, to.y - from.y));
  });
  const up = (): void => {
    drag = null;
  };
  stage.addEventListener('pointerup', up);
  stage.addEventListener('pointercancel', up);
}

/** The part as a PNG file, in the picture's own pixels. */
async function cutOut(bitmap: ImageBitmap, { left, top, width, height }: CropBox): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  canvas.getContext('2d')?.drawImage(bitmap, -Math.round(left), -Math.round(top));
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This part could not be cut out.'))), 'image/png');
  });
}
