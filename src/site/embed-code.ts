/** How another page shows a cell: the address of its embed, and the HTML to paste. docs/embedding.md tells what the two say to each other. */

/** What an embed tells the page around it, as the type of a message. */
export const HEIGHT_MESSAGE = 'images-as-matrices/height';

/** An embed's path inside the site; null for a cell of a page that is no article. */
export function embedPath(page: string, cell: string): string | null {
  const article = /^content-(.+)-index$/.exec(page)?.[1];
  return article === undefined ? null : `/embed/${article}/${encodeURIComponent(cell)}/`;
}

export interface EmbedFrame {
  /** The embed's full address. */
  readonly address: string;
  readonly title: string;
  /** Pixels, until the embed tells its own. */
  readonly height: number;
}

/** The frame alone, as oEmbed gives it. */
export function frameHtml({ address, title, height }: EmbedFrame): string {
  return (
    `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="${Math.round(height)}" ` +
    'style="border: 0" loading="lazy" allow="clipboard-write; camera; fullscreen"></iframe>'
  );
}

/** The frame, and the script that gives it the height it asks for. */
export function embedCode(frame: EmbedFrame): string {
  return `${frameHtml(frame)}
<script>
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== '${new URL(frame.address).origin}' || data?.type !== '${HEIGHT_MESSAGE}') return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.height = data.height;
  });
</script>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
