import { isFile } from '../../site/address.ts';

/** What a reader can do: a second try brings what did not come, and a reload what another deployment has taken away. */
export const NOT_LOADED = 'This part could not be loaded; are you offline? Try again, or reload the page.';

/** A part of the page that did not come: the message is for the reader, the cause for the console. */
export class NotLoadedError extends Error {
  override name = 'NotLoadedError';

  constructor(cause: unknown) {
    super(NOT_LOADED, { cause });
  }
}

/** How long a reader is left without a word, in milliseconds. */
const SAY_AFTER = 1000;

/**
 * Asks, and says so where that takes long; what was said is taken back when the part is there.
 *
 * @param say shows one sentence, or none for ''
 */
export async function told<T>(ask: () => Promise<T>, say: (sentence: string) => void): Promise<T> {
  const slow = setTimeout(say, SAY_AFTER, 'Loading …');
  try {
    const part = await ask();
    say('');
    return part;
  } finally {
    clearTimeout(slow);
  }
}

/**
 * An import that waits until it is asked for, and that can be tried again where it failed.
 *
 * Many browsers remember for as long as a page lives that a module did not come (the HTML standard told them to, until
 * https://github.com/whatwg/html/pull/10327), and no second try brings it. So nothing is imported while the browser knows that it
 * is offline. A server on the reader's own machine answers all the same: it is asked first.
 *
 * @returns what asks; it rejects with a NotLoadedError, and gives the module for ever once it is there
 */
export function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let module: Promise<T> | null = null;
  return () => {
    module ??= reached()
      .then(load)
      .catch((error: unknown) => {
        module = null;
        throw new NotLoadedError(error);
      });
    return module;
  };
}

/** Rejects where the browser is offline, the site is neither kept (`site/service-worker.ts`) nor a file, and its own server cannot be reached. */
async function reached(): Promise<void> {
  const kept = 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null;
  if (!navigator.onLine && !kept && !isFile()) await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
}
