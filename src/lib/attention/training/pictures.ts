/** The compact Fashion-MNIST file, fetched once for all models of a page. */

let coming: Promise<Blob> | undefined;

/** @throws Error with a clause for the reader where it does not come; another call tries again. */
export function fetchPictures(address: string): Promise<Blob> {
  coming ??= load(address).catch((error: unknown) => {
    coming = undefined;
    throw error;
  });
  return coming;
}

/** They were no good: the next call fetches them again. */
export function forgetPictures(): void {
  coming = undefined;
}

async function load(address: string): Promise<Blob> {
  const response = await fetch(address).catch(() => null);
  if (response?.ok) return response.blob();
  const why = response ? `: the site answers ${response.status}` : navigator.onLine ? '' : '; are you offline?';
  throw new Error(`the pictures could not be fetched${why}`);
}
