/** Rooms of the site and what they know of each other, as a graph to draw. Pure. */

export interface Link {
  readonly from: string;
  readonly to: string;
  /** Only types are taken: nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

/** From the ground up: a room knows those before it. */
const ROOMS = [
  'lib/image',
  'lib/scene',
  'lib/matrix',
  'lib/julia',
  'lib/attention',
  'lib/display',
  'lib/export',
  'notebook',
  'site',
  'components',
  'layouts',
  'plugins',
  'pages',
] as const;

/** The room of a file of the site; none for tests and for what stands outside. */
export function roomOf(file: string): string | undefined {
  if (/\.test\.ts$/.test(file)) return undefined;
  return ROOMS.find((room) => file.startsWith(`src/${room}/`));
}

/** What goes up instead of down: without such links there can be no circle of rooms. Types count, since whoever reads a room should not need the next. */
export function upward(links: readonly Link[]): string[] {
  return links
    .filter(({ from, to }) => rank(roomOf(to)) > rank(roomOf(from)))
    .map(({ from, to }) => `${roomOf(from) ?? ''} must not know ${roomOf(to) ?? ''}: ${from} → ${to}`);
}

const rank = (room: string | undefined): number => ROOMS.findIndex((one) => one === room);

/** As Mermaid, which GitHub draws: a dashed arrow where only types are taken. */
export function mermaid(links: readonly Link[]): string {
  const kinds = new Map<string, boolean>();
  for (const { from, to, typeOnly } of links) {
    const [one, other] = [roomOf(from), roomOf(to)];
    if (one === undefined || other === undefined || one === other) continue;
    const key = `${name(one)} ${name(other)}`;
    kinds.set(key, typeOnly && kinds.get(key) !== false);
  }
  const nodes = ROOMS.map((room) => `  ${name(room)}["${room}"]`);
  const arrows = [...kinds].map(([key, typeOnly]) => `  ${key.replace(' ', typeOnly ? ' -.-> ' : ' --> ')}`);
  return ['```mermaid', 'graph TD', ...nodes, ...arrows.toSorted(), '```'].join('\n');
}

const name = (room: string): string => room.replace('/', '_');

const BEGIN = '<!-- rooms: drawn by `npm run rooms` -->';
const END = '<!-- end of rooms -->';

/**
 * The text with the picture between its marks.
 *
 * @throws Error where the marks are missing
 */
export function replaced(text: string, picture: string): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the marks ${BEGIN} and ${END} are missing`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${picture}\n\n${text.slice(end)}`;
}
