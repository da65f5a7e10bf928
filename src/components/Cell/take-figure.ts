/** A cell's result as a figure to keep: a picture at twice its size with caption, program and address; a chart as SVG. */

/** Pixels of the figure to one of the page. */
const SCALE = 2;
const MARGIN = 24;
const FACES = {
  caption: '16px Georgia, serif',
  program: '14px "JetBrains Mono", monospace',
  address: '12px Georgia, serif',
};

export interface Figure {
  /** The picture at the matrix's size. */
  readonly picture: HTMLCanvasElement | HTMLImageElement;
  readonly caption: string;
  readonly program: string;
  readonly address: string;
}

/** The figure as a PNG file. Its ground is white, as on paper. @throws Error where the browser gives no canvas */
export async function figurePng({ picture, caption, program, address }: Figure): Promise<Blob> {
  const [cols, rows] =
    picture instanceof HTMLImageElement
      ? [picture.naturalWidth, picture.naturalHeight]
      : [picture.width, picture.height];
  // A small matrix is enlarged by whole pixels, so that its elements stay squares.
  const by = Math.max(1, Math.ceil(512 / Math.max(rows, cols)));
  const width = Math.max(cols * by, 360);
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This browser gives no canvas to draw on.');
  const blocks = [
    { face: FACES.caption, leading: 22, ink: '#222', lines: wrapped(pen, FACES.caption, caption, width) },
    {
      face: FACES.program,
      leading: 20,
      ink: '#222',
      lines: program.split('\n').flatMap((line) => broken(pen, FACES.program, line, width)),
    },
    { face: FACES.address, leading: 18, ink: '#555', lines: broken(pen, FACES.address, address, width) },
  ].filter(({ lines }) => lines.some((line) => line !== ''));
  const below = blocks.reduce((sum, { lines, leading }) => sum + lines.length * leading + 12, 0);
  canvas.width = SCALE * (width + 2 * MARGIN);
  canvas.height = SCALE * (rows * by + below + 2 * MARGIN);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(picture, MARGIN, MARGIN, cols * by, rows * by);
  let y = MARGIN + rows * by + 12;
  pen.textBaseline = 'top';
  for (const { face, leading, ink, lines } of blocks) {
    pen.font = face;
    pen.fillStyle = ink;
    for (const line of lines) {
      pen.fillText(line, MARGIN, y);
      y += leading;
    }
    y += 12;
  }
  return new Promise((done, failed) => {
    canvas.toBlob((blob) =>
      blob === null ? failed(new Error('The figure is too large for this browser.')) : done(blob),
    );
  });
}

function wrapped(pen: CanvasRenderingContext2D, face: string, text: string, width: number): string[] {
  pen.font = face;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && pen.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** Broken between letters: of a program every space counts. */
function broken(pen: CanvasRenderingContext2D, face: string, text: string, width: number): string[] {
  pen.font = face;
  const most = Math.max(8, Math.floor(width / pen.measureText('m').width));
  return text.match(new RegExp(`.{1,${most}}`, 'gu')) ?? [''];
}

const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'paint-order',
] as const;

/** A chart as an SVG file that looks alike anywhere: what style sheets say is written into it. */
export function chartSvg(chart: SVGSVGElement): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const [shown, copied] = [chart, copy].map((one) => [one, ...one.querySelectorAll('*')]);
  shown?.forEach((element, k) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) copied?.[k]?.setAttribute(name, style.getPropertyValue(name));
    copied?.[k]?.removeAttribute('class');
    copied?.[k]?.removeAttribute('style');
  });
  const { width, height } = chart.viewBox.baseVal;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}
