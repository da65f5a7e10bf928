/**
 * The site's typefaces, cut down to the characters it sets.
 *
 * Full Source Serif 4 (two styles), JetBrains Mono and STIX Two Math weigh about 700 KB; what an article needs of them is a tenth of that.
 * The cut is made at build from declared packages and cached by its recipe, so that no binary is committed and a rebuild costs nothing.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);

/** Every code point from `first` to `last`, as text. */
function span(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, k) => String.fromCodePoint(first + k)).join('');
}

const ascii = span(0x20, 0x7e);
const latin = ascii + span(0xa0, 0xff) + 'ŁłŒœŠšŽž';
const punctuation = '‐‑–—‘’‚“”„†•…′″‹›€™−×÷';
const greek = span(0x391, 0x3a1) + span(0x3a3, 0x3a9) + span(0x3b1, 0x3c9) + 'ϵϕ';

/** What Julia's programs are spelled with beyond ASCII. */
const juliaOperators = '÷×⋅∘√∛∈∉∋∌⊆⊂∪∩≤≥≠≈≉≡≢¬∧∨⊻∇∂∑∏∞→←↦⇒±−′″…ᵀ₀₁₂₃₄₅₆₇₈₉ₙᵢⱼ⁰¹²³⁴⁵⁶⁷⁸⁹⁻ℯπ│─┌┐└┘├┤┬┴┼⋮⋱⋯█';

/** MathML sets single-letter variables from the mathematical alphanumerics, not from ASCII. */
const mathAlphabet =
  span(0x1d400, 0x1d433) + // bold
  span(0x1d434, 0x1d467) + // italic
  'ℎ' + // the italic h lives outside its block
  span(0x1d49c, 0x1d4b5) +
  'ℬℰℱℋℐℒℳℛ' + // script capitals and their exceptions
  span(0x1d6a8, 0x1d6fa) + // bold and upright-bold Greek
  span(0x1d6fc, 0x1d71b) + // italic Greek
  '𝔼ℝℕℤℙ';
const mathSigns =
  '+−±∓×÷·⋅∘∗⊙⊗⊕=≠≈≡≤≥<>≪≫∝∼≔∈∉⊂⊆∪∩∀∃∅∞∂∇∑∏∫√∥|‖/\\()[]{}⟨⟩⌊⌋⌈⌉,;:.!…⋯⋮⋱′″‴→←↦⇒⇔⊤⊥⏟⏞⎴⎵^~ˆ¯‾˜˙˘→ᵀ\u2061\u2062\u2063\u2009\u200b\u0302\u0304\u0303\u20d7';

/** One file to cut: from which package file, to which characters, at which point of its variation space. */
interface Recipe {
  readonly source: string;
  readonly text: string;
  readonly axes?: Record<string, number | { min: number; max: number }>;
}

const serif = '@fontsource-variable/source-serif-4/files/source-serif-4-latin-';

export const recipes = {
  /** Running text: weights 400 to 700, drawn for small sizes. */
  text: { source: `${serif}wght-normal.woff2`, text: latin + punctuation, axes: { wght: { min: 400, max: 700 } } },
  italic: { source: `${serif}wght-italic.woff2`, text: ascii + 'äöüéèàç' + punctuation, axes: { wght: 400 } },
  /** Titles: the same design at its optical size for display. */
  display: { source: `${serif}opsz-normal.woff2`, text: ascii + 'éèüöä' + punctuation, axes: { opsz: 48, wght: 400 } },
  mono: {
    source: 'jetbrains-mono/fonts/webfonts/JetBrainsMonoNL-Regular.woff2',
    text: latin + greek + juliaOperators,
  },
  math: {
    source: '@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2',
    text: ascii + greek + mathAlphabet + mathSigns,
  },
} as const satisfies Record<string, Recipe>;

export type FontName = keyof typeof recipes;

const version = 1;

async function cut(name: FontName, folder: string): Promise<string> {
  const recipe: Recipe = recipes[name];
  const source = require.resolve(recipe.source);
  const key = createHash('sha256')
    .update(JSON.stringify([version, recipe]))
    .update(await readFile(source))
    .digest('hex')
    .slice(0, 12);
  const target = path.join(folder, `${name}-${key}.woff2`);
  const cached = await stat(target).catch(() => undefined);
  if (cached !== undefined && cached.size > 0) return target;
  const bytes = await subsetFont(await readFile(source), recipe.text, {
    targetFormat: 'woff2',
    ...(recipe.axes === undefined ? {} : { variationAxes: recipe.axes }),
    noHinting: true,
  });
  // Written aside and renamed: two builds at once must not read half a font.
  const aside = `${target}.${String(process.pid)}`;
  await writeFile(aside, bytes);
  await rename(aside, target);
  return target;
}

/** The font as outlines can be read from it: uncompressed, with its axes where the site has them. */
export async function openFont(name: FontName): Promise<Uint8Array> {
  const recipe: Recipe = recipes[name];
  return subsetFont(await readFile(require.resolve(recipe.source)), recipe.text, {
    targetFormat: 'sfnt',
    ...(recipe.axes === undefined ? {} : { variationAxes: recipe.axes }),
    noHinting: true,
  });
}

/** Cuts every font into `folder` (made where absent) and returns where each lies, as absolute paths. */
export async function subsetFonts(folder: string): Promise<Record<FontName, string>> {
  await mkdir(folder, { recursive: true });
  const names = Object.keys(recipes) as FontName[];
  const files = await Promise.all(names.map((name) => cut(name, folder)));
  return Object.fromEntries(names.map((name, k) => [name, files[k]])) as Record<FontName, string>;
}
