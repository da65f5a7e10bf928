/**
 * Serves a built site, as GitHub Pages would: no headers of its own, gzip for text, `404.html` for what is not there.
 *
 *     node scripts/serve.ts [--port 4321] [--folder dist] [--base /]
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { normalBase } from '../src/site/links.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const squeezed = /^(text\/|application\/(json|wasm)|image\/svg)/;

/** The file of `folder` that answers to `pathname`, or undefined. Never one outside the folder. */
async function fileFor(folder: string, pathname: string): Promise<string | undefined> {
  const inside = path.join(folder, path.normalize(pathname));
  if (inside !== folder && !inside.startsWith(folder + path.sep)) return undefined;
  const wanted = pathname.endsWith('/') ? path.join(inside, 'index.html') : inside;
  const found = await stat(wanted).catch(() => undefined);
  return found?.isFile() === true ? wanted : undefined;
}

async function answer(
  { folder, base, onFile }: { folder: string; base: string; onFile: (file: string) => void },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const pathname = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  const file = pathname.startsWith(base) ? await fileFor(folder, `/${pathname.slice(base.length)}`) : undefined;
  if (file === undefined) {
    const page = await readFile(path.join(folder, '404.html')).catch(() => 'Not here.');
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    return;
  }
  onFile(file);
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  const gzip = squeezed.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(200, { 'content-type': type, ...(gzip ? { 'content-encoding': 'gzip' } : {}) });
  // A client that leaves must not leave the file open.
  if (gzip) await pipeline(createReadStream(file), createGzip(), response);
  else await pipeline(createReadStream(file), response);
}

export interface ServeOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  readonly base?: string;
  /** Hears the path of each file that is sent: the only witness that also sees what a worker fetches. */
  readonly onFile?: (file: string) => void;
}

/** Serves `folder` under `base`. */
export async function serve(folder: string, options: ServeOptions = {}): Promise<{ server: Server; url: string }> {
  const { port = 0, base = '/', onFile = () => undefined } = options;
  const root = path.resolve(folder);
  const under = normalBase(base);
  const server = createServer((request, response) => {
    answer({ folder: root, base: under, onFile }, request, response).catch((error: unknown) => {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      // Somebody has closed a page: no fault of anybody's.
      if (code === 'ERR_STREAM_PREMATURE_CLOSE' || response.destroyed) return;
      console.error(error);
      if (!response.headersSent) response.writeHead(/^E[MN]FILE$/.test(code) ? 503 : 400);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { server, url: `http://127.0.0.1:${String(address.port)}${under}` };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4321' },
      folder: { type: 'string', default: 'dist' },
      base: { type: 'string', default: process.env['SITE_BASE'] ?? '/' },
    },
  });
  const options = { port: Number(values.port), base: values.base };
  const { url } = await serve(values.folder, options).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return serve(values.folder, { ...options, port: 0 });
  });
  console.log(`${values.folder} is at ${url}`);
}
