/** Trains in a worker, as the site does, and posts the outcome to whoever served this page: any browser can be asked so. */
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const tell = (answer: unknown): void => {
  worker.terminate();
  void fetch('./', { method: 'POST', body: JSON.stringify(answer) });
};
worker.onmessage = ({ data }: MessageEvent<unknown>) => tell(data);
worker.onerror = (event) => tell({ error: event.message || 'the worker did not start' });
