import { multiply } from './multiply.ts';
import { singularLayers } from './singular.ts';
import type { ComputeReply, ComputeRequest } from './compute.ts';

/** The heavy arithmetic of the views, off the page's thread. */
self.addEventListener('message', ({ data }: MessageEvent<ComputeRequest>) => {
  try {
    if (data.kind === 'product') {
      const matrix = multiply(data.factors);
      reply({ id: data.id, kind: 'product', matrix }, [matrix.data.buffer]);
    } else {
      const layers = singularLayers(data.matrix);
      const { left, right } = layers.factors;
      reply({ id: data.id, kind: 'layers', layers }, [layers.values.buffer, left.data.buffer, right.data.buffer]);
    }
  } catch (error) {
    reply({ id: data.id, kind: 'error', message: error instanceof Error ? error.message : String(error) }, []);
  }
});

function reply(message: ComputeReply, transfer: Transferable[]): void {
  self.postMessage(message, { transfer });
}
