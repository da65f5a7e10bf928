import { COLOURMAP_NAMES, type ColourmapName } from '../../lib/image/colourmap-names.ts';
import type { MatrixView } from '../../lib/julia/view.ts';
import type { EngineName } from '../../lib/matrix/engine.ts';
import type { FileFormat } from '../../lib/display/file.ts';
import type { PictureValue } from '../../lib/display/picture.ts';
import { saveValue } from '../ui/save-value.ts';
import type { Settings } from '../../notebook/settings.ts';
import { ENGINE_WORDS } from '../../notebook/succession.ts';
import { button, row, select } from '../ui/fields.ts';

export interface MoreActions {
  /** The picture on screen, if the result is one. */
  readonly value: () => PictureValue | null;
  /** The matrix behind the result, if it is one. */
  readonly vector: () => MatrixView | null;
  /** Name of saved files, without an ending. */
  readonly file: string;
  readonly map: () => ColourmapName;
  readonly setMap: (map: ColourmapName) => void;
  readonly engine: () => string;
  /** What holds for the whole page. */
  readonly settings: () => Settings;
  readonly set: (settings: Partial<Settings>) => void;
}

const MAP_WORDS: Readonly<Record<ColourmapName, string>> = {
  grey: 'grey, 0 to 1',
  viridis: 'viridis, smallest to largest',
  cividis: 'cividis, smallest to largest',
  diverging: 'blue to orange around 0',
};

const FORMATS: readonly (readonly [FileFormat, string])[] = [
  ['png', 'PNG (8-bit)'],
  ['npy', 'NPY'],
  ['csv', 'CSV'],
];

/** Fills the panel of what is seldom wanted: saving, colour maps, the engine. */
export function openMore(panel: HTMLElement, actions: MoreActions): void {
  const saveRow = row('Save');
  for (const [format, words] of FORMATS) saveRow.append(button(words, () => hand(format)));
  const say = document.createElement('span');
  say.setAttribute('role', 'status');
  saveRow.append(say);

  const hand = (format: FileFormat): void => {
    const value = format === 'png' ? actions.value() : actions.vector();
    if (value === null) {
      say.textContent =
        actions.value() === null && actions.vector() === null
          ? 'Run the cell first.'
          : `This result has no ${format.toUpperCase()} form.`;
      return;
    }
    try {
      saveValue(value, format, actions.file);
      say.textContent = '';
    } catch (error) {
      say.textContent = error instanceof Error ? error.message : String(error);
    }
  };

  const share = row('Share');
  share.append(button('Copy link', () => panel.dispatchEvent(new CustomEvent('copy-link', { bubbles: true }))));

  const maps = select(
    'Colours',
    COLOURMAP_NAMES.map((name) => [name, MAP_WORDS[name]]),
    actions.map(),
    (name) => actions.setMap(COLOURMAP_NAMES.find((one) => one === name) ?? 'grey'),
  );
  const engines = Object.entries(ENGINE_WORDS) as [EngineName, string][];
  const compute = select(
    'Compute with',
    [['', 'the fastest here'], ...engines],
    actions.settings().engine ?? '',
    (name) => {
      actions.set({ engine: engines.find(([one]) => one === name)?.[0] ?? null });
    },
  );
  const why = document.createElement('p');
  why.className = 'cell-small';
  why.textContent = actions.engine();
  panel.replaceChildren(saveRow, share, maps, compute, why);
}
