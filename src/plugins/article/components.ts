/**
 * What an article may write between angle brackets without importing anything, and what each takes. The build checks every use against
 * this table, and `/contribute/` shows it.
 */

/** What an attribute takes: any text, a whole number from 1, JavaScript data between braces, or one of some words. */
export type Takes = 'text' | 'whole' | 'data' | readonly string[];

export interface AttributeWords {
  readonly takes: Takes;
  readonly needed?: true;
  readonly doc: string;
}

export interface ComponentWords {
  readonly doc: string;
  readonly attributes: Readonly<Record<string, AttributeWords>>;
  /** What a reader of the documentation may copy. */
  readonly example: string;
}

const id = { takes: 'text', doc: 'its name on the page: a letter, then letters, digits, `-` and `_`' } as const;
const caption = { takes: 'text', doc: 'Markdown beneath it' } as const;
const alt = { takes: 'text', doc: 'what it shows, for a reader who cannot see it' } as const;
const label = { takes: 'text', doc: 'names the figure' } as const;

const voice = (doc: string, example: string): ComponentWords => ({ doc, attributes: {}, example });

export const COMPONENTS: Readonly<Record<string, ComponentWords>> = {
  Value: {
    doc: 'A number in the prose, computed while the site is built.',
    attributes: {
      of: { takes: 'text', needed: true, doc: 'Julia over the page’s names' },
      digits: { takes: 'whole', doc: 'significant digits; 4 if it is not said' },
    },
    example: 'Its norm is <Value of="norm(mandrill)" digits="4" />.',
  },
  Picture: {
    doc: 'The picture of an expression, its code folded away.',
    attributes: {
      of: { takes: 'text', needed: true, doc: 'Julia over the page’s names' },
      id,
      caption,
      alt,
      size: { takes: ['column', 'wide'], doc: 'as wide as the text, or with the margin' },
      group: { takes: 'text', doc: 'neighbours of one group stand side by side' },
    },
    example: '<Picture of="mandrill\'" alt="The mandrill, on its side." caption="The transpose." />',
  },
  Surface: {
    doc: 'A matrix as a landscape: drawn while the site is built, turned on demand.',
    attributes: {
      of: { takes: 'text', needed: true, doc: 'Julia over the page’s names; its value is a matrix' },
      alt: { ...alt, needed: true },
      caption,
      id,
      label,
      name: { takes: 'text', doc: 'what readouts call the matrix; `A` if it is not said' },
    },
    example:
      '<Surface of="normalize_image(mandrill\' * mandrill)" alt="A plateau with a ridge along its diagonal." caption="Bright is high." />',
  },
  Cube: {
    doc: 'A product with its factors: one pixel traced while the site is built, the cube on demand.',
    attributes: {
      left: { takes: 'text', needed: true, doc: 'Julia: the left factor' },
      right: { takes: 'text', needed: true, doc: 'Julia: the right factor' },
      label: { ...label, needed: true },
      caption,
      id,
      row: { takes: 'whole', doc: 'the traced pixel’s row; 1 if it is not said' },
      col: { takes: 'whole', doc: 'its column' },
    },
    example: '<Cube left="airplane" right="mandrill" label="One pixel of the product" row="220" col="123" />',
  },
  Try: {
    doc: 'An exercise: prose, and a change of the article’s cells with *Do it* and *Undo*.',
    attributes: {
      cell: { takes: 'text', doc: 'ids of the cells that change, with spaces between' },
      change: { takes: 'text', doc: 'the text in their programs that changes' },
      to: { takes: 'text', doc: 'what it becomes' },
      set: { takes: 'text', doc: 'or controls: `name=value`, with spaces between' },
      holds: { takes: 'text', needed: true, doc: 'Julia that is true once the exercise is done' },
    },
    example:
      '<Try cell="product" change="mandrill" to="airplane" holds="size(product) == (512, 512)">\n\nWhat does the airplane make of it?\n\n</Try>',
  },
  Note: voice(
    'A note in the margin, or below its line on a phone. It stands inside a paragraph, without paragraphs of its own.',
    'A product<Note>Of matrices, that is.</Note> is a picture.',
  ),
  Found: voice('What the author of the experiment found.', '<Found>\n\nThe product has a diagonal.\n\n</Found>'),
  Added: voice('What this site adds.', '<Added>\n\nThe diagonal is the norm of each column.\n\n</Added>'),
  Unknown: voice('What nobody knows.', '<Unknown>\n\nWhich other picture does this?\n\n</Unknown>'),
  Credits: voice('Whose the files beside the articles are, for the page About.', '<Credits />'),
  Jetplane: voice('The button that fetches the poster’s own second picture.', '<Jetplane />'),
  Descent: {
    doc: 'Gradient descent on a picture, as an instrument.',
    attributes: { run: { takes: 'text', doc: 'one of the stored runs; `may23` if it is not said' } },
    example: '<Descent />',
  },
  ProductFigure: {
    doc: 'A product with its factors, its layers, or several surfaces, with a switch between them. `<Cube>` and `<Surface>` say it shorter.',
    attributes: {
      id: { ...id, needed: true },
      label: { ...label, needed: true },
      show: { takes: ['cube', 'layers', 'surface'], doc: 'what is opened' },
      pairs: { takes: 'data', doc: 'the factors to choose from: `[{ label, left, right }]`' },
      reliefs: { takes: 'data', doc: 'the surfaces to choose from' },
      row: { takes: 'whole', doc: 'the traced pixel’s row' },
      col: { takes: 'whole', doc: 'its column' },
    },
    example:
      "<ProductFigure id=\"pixel\" label=\"One pixel\" pairs={[{ label: 'Raw', left: 'airplane', right: 'mandrill' }]}>\n  Its row and its column.\n</ProductFigure>",
  },
};

/** What is wrong with the value of an attribute; null where nothing is. `text` is null for a bare name. */
export function wrongValue(component: string, name: string, text: string | null): string | null {
  const { takes } = COMPONENTS[component]?.attributes[name] ?? {};
  if (takes === undefined || takes === 'data') return null;
  if (text === null || (takes === 'text' && text.trim() === ''))
    return `<${component}>: \`${name}\` needs a value: ${name}="…".`;
  if (takes === 'text') return null;
  if (takes === 'whole') {
    const fine = /^[1-9]\d*$/.test(text.trim());
    return fine ? null : `<${component} ${name}="${text}">: \`${name}\` takes a whole number, as in ${name}="4".`;
  }
  return takes.includes(text) ? null : `<${component} ${name}="${text}">: \`${name}\` is one of ${takes.join(', ')}.`;
}
