/**
 * The address under which others find this page. A page that was taken away from it (an embed, a saved file) says so by `data-taken` on its
 * root, and then it is the one that the page calls canonical.
 */
export function publicAddress(): URL {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href;
  return new URL(isTaken() && canonical !== undefined ? canonical : location.href);
}

/** Whether this page stands elsewhere than at its address. */
export function isTaken(): boolean {
  return document.documentElement.dataset['taken'] !== undefined;
}

/** Whether this page is a file with everything in it: there is nothing to fetch. */
export function isFile(): boolean {
  return document.documentElement.dataset['taken'] === 'file';
}
