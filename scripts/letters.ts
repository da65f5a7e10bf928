/** Text as outlines of the site's own typefaces: the same picture on every machine, whatever fonts it has. */
import { Blob, Buffer, Face, Font, shape } from 'harfbuzzjs';
import { openFont, type FontName } from './fonts.ts';

export interface Lettering {
  /** Pixels that a line of text takes at a size. */
  width(text: string, size: number): number;
  /** The line as one SVG path, its baseline starting at (x, y). */
  path(text: string, size: number, x: number, y: number): string;
  /** The text in as few lines of at most `width` pixels as it takes, of about one length; a word that is longer stands alone. */
  lines(text: string, size: number, width: number): string[];
}

/** Opens a typeface for drawing. */
export async function lettering(name: FontName): Promise<Lettering> {
  const bytes = await openFont(name);
  const face = new Face(new Blob(bytes.slice().buffer));
  const font = new Font(face);
  const shaped = (text: string) => {
    const buffer = new Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    shape(font, buffer);
    const positions = buffer.getGlyphPositions();
    return buffer.getGlyphInfos().map(({ codepoint }, k) => ({ glyph: codepoint, at: positions[k] }));
  };
  const width = (text: string, size: number): number =>
    (shaped(text).reduce((sum, { at }) => sum + (at?.xAdvance ?? 0), 0) * size) / face.upem;
  const broken = (text: string, size: number, most: number): string[] =>
    text.split(/\s+/).reduce<string[]>((lines, word) => {
      const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
      return lines.length > 0 && width(longer, size) <= most ? [...lines.slice(0, -1), longer] : [...lines, word];
    }, []);
  return {
    width,
    path: (text, size, x, y) => {
      let pen = 0;
      const drawn = shaped(text).map(({ glyph, at }) => {
        const place = `translate(${String(pen + (at?.xOffset ?? 0))} ${String(at?.yOffset ?? 0)})`;
        pen += at?.xAdvance ?? 0;
        return `<path transform="${place}" d="${font.glyphToPath(glyph)}"/>`;
      });
      // Fonts count upward, pictures downward.
      const scale = (size / face.upem).toFixed(6);
      return `<g transform="translate(${String(x)} ${String(y)}) scale(${scale} -${scale})">${drawn.join('')}</g>`;
    },
    lines: (text, size, most) => {
      let lines = broken(text, size, most);
      for (let narrower = most - 8; narrower > most / 2; narrower -= 8) {
        const next = broken(text, size, narrower);
        if (next.length > lines.length || next.some((line) => width(line, size) > most)) break;
        lines = next;
      }
      return lines;
    },
  };
}
