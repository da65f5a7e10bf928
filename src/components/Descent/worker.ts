/** Descends away from the page's own thread. */
import { readSitePicture } from '../../notebook/site-picture.ts';
import type { ToDescent } from './protocol.ts';
import { DescentSession } from './session.ts';

const SIZE = 512;

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const session = new DescentSession((message, transfer) => scope.postMessage(message, transfer), {
  size: SIZE,
  site: async (address) => (await readSitePicture(address)).grey,
  own: async (file) => {
    const { readOwnPicture } = await import('../../notebook/own-picture.ts');
    const { picture, notes } = await readOwnPicture(file, { rows: SIZE, cols: SIZE });
    return { grey: picture.grey, notes };
  },
});

scope.addEventListener('message', ({ data }: MessageEvent<ToDescent>) => void session.hear(data));
