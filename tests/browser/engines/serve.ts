/** Builds a test page as the site's bundles are built, and serves it on a free port, under a strict policy. */
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { build } from 'vite';
import { libraryWords } from '../../../src/plugins/library-words.ts';
import { tfjsParts } from '../../../src/plugins/tfjs-parts.ts';

/** All that a test page is: its script does the rest. */
const frame = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Test</title>
  <link rel="icon" href="data:,">
  <script type="module" src="/page.js"></script>
</html>
`;

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

export interface TestPage {
  readonly url: string;
  /** Where the built files lie. */
  readonly folder: string;
  /** The next JSON that the page posts to its own address: how a page answers that nobody drives. */
  posted(): Promise<unknown>;
  close(): Promise<void>;
}

/** The page whose script is `page.ts` in `folder`: the engines' unless another is named. `wasm: false` leaves WebAssembly out of the security policy. */
export async function serveTestPage({ wasm = true, folder: root = import.meta.dirname } = {}): Promise<TestPage> {
  const folder = await mkdtemp(path.join(tmpdir(), `${path.basename(root)}-`));
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'warn',
    resolve: { alias: [{ find: /^@tensorflow\/tfjs-core$/, replacement: '@tensorflow/tfjs-core/dist/base.js' }] },
    plugins: [libraryWords(), tfjsParts()],
    worker: { format: 'es', plugins: () => [libraryWords(), tfjsParts()] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      target: 'es2022',
      rolldownOptions: { input: path.join(root, 'page.ts'), output: { entryFileNames: 'page.js' } },
    },
  });
  const policy = `default-src 'self'; img-src data:; script-src 'self'${wasm ? " 'wasm-unsafe-eval'" : ''}`;
  const waiting: ((answer: unknown) => void)[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      json(request).then((answer) => {
        response.writeHead(204).end();
        waiting.shift()?.(answer);
      }, console.error);
      return;
    }
    const name = path.normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const head = (type = 'application/octet-stream') => ({ 'content-type': type, 'content-security-policy': policy });
    if (name === '/') {
      response.writeHead(200, head('text/html; charset=utf-8')).end(frame);
      return;
    }
    readFile(path.join(folder, name)).then(
      (body) => response.writeHead(200, head(types[path.extname(name)])).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    folder,
    posted: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
