/** What an embed and the page around it say to each other. docs/embedding.md is for those who write such a page. */

import { HEIGHT_MESSAGE } from '../../site/embed-code.ts';

interface HeightMessage {
  readonly type: typeof HEIGHT_MESSAGE;
  /** Pixels that the embed needs to be seen whole. */
  readonly height: number;
}

/** The page around asks for the height again, or for a theme. */
type HostMessage = { readonly type: 'ask' } | { readonly type: 'theme'; readonly theme: 'system' | 'light' | 'dark' };

export function heightMessage(height: number): HeightMessage {
  return { type: HEIGHT_MESSAGE, height: Math.ceil(height) };
}

/**
 * The origin of the page around, as the browser tells it; null where it does not, or where it has none (a file).
 *
 * @param ancestors `location.ancestorOrigins`, which not every browser has
 */
export function hostOrigin(ancestors: ArrayLike<string> | undefined, referrer: string): string | null {
  const told = ancestors?.[0] ?? (URL.canParse(referrer) ? new URL(referrer).origin : 'null');
  return told === 'null' ? null : told;
}

/** What a message asks of an embed; null where it asks nothing that an embed knows. */
export function readHostMessage(data: unknown): HostMessage | null {
  if (typeof data !== 'object' || data === null || !('type' in data)) return null;
  if (data.type === 'images-as-matrices/ask') return { type: 'ask' };
  if (data.type !== 'images-as-matrices/theme' || !('theme' in data)) return null;
  const theme = (['system', 'light', 'dark'] as const).find((one) => one === data.theme);
  return theme === undefined ? null : { type: 'theme', theme };
}
