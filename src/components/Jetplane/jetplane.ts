/**
 * The poster's second picture. Its rights are unclear, so the site does not ship it: at the reader's request it comes from
 * the repository of Julia's test images, where the poster's author took it from.
 */

export const JETPLANE_FROM = 'raw.githubusercontent.com';

/** The repository keeps its pictures on a branch of their own; older versions of the package read another. */
const ADDRESSES = [
  'https://raw.githubusercontent.com/JuliaImages/TestImages.jl/images/images/jetplane.tif',
  'https://raw.githubusercontent.com/JuliaImages/TestImages.jl/gh-pages/images/jetplane.tif',
];

/**
 * Fetches the picture, a TIFF. Sends no cookie and no address of this page.
 *
 * @throws Error with one sentence for the reader.
 */
export async function fetchJetplane(): Promise<Blob> {
  for (const address of ADDRESSES) {
    const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' }).catch(() => null);
    if (response?.ok) return response.blob();
  }
  throw new Error(
    `${JETPLANE_FROM} did not give the picture; are you offline, or is it blocked here? Nothing was changed.`,
  );
}
