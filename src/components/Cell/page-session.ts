import { logged } from '../../notebook/log.ts';
import type { PagePayload } from '../../notebook/programs.ts';
import { Session } from '../../notebook/session.ts';
import { isShownEngine } from '../../notebook/succession.ts';
import { initialSettings } from '../../notebook/settings.ts';
import type { WorkerLike } from '../../notebook/worker-client.ts';
import type { EngineName } from '../../lib/matrix/engine.ts';

const sessions = new Map<string, Session>();

/** The notebook of that key, made from what the build left in the HTML. */
export function pageSession(key: string): Session {
  const known = sessions.get(key);
  if (known !== undefined) return known;
  const { page, programs } = { page: key, programs: [], ...(read('programs', key) as Partial<PagePayload>) };
  const urls = Object.entries(read('pictures', key) as Record<string, string>);
  const pictures = Object.fromEntries(urls.map(([name, url]) => [name, new URL(url, document.baseURI).href]));
  const session = new Session(
    { page, programs, pictures, settings: { ...initialSettings, engine: engineFromAddress() } },
    {
      worker: startWorker,
      online: () => navigator.onLine,
    },
  );
  sessions.set(key, session);
  return session;
}

function read(name: string, key: string): unknown {
  return JSON.parse(document.querySelector(`script[data-julia-${name}="${CSS.escape(key)}"]`)?.textContent ?? '{}');
}

/** `?engine=tfjs-wasm` in the page's address asks for one engine. */
function engineFromAddress(): EngineName | null {
  const asked = new URLSearchParams(location.search).get('engine');
  return asked !== null && isShownEngine(asked) ? asked : null;
}

/** A worker; with `?debug` in the page's address, one whose messages are logged. */
function startWorker(): WorkerLike {
  const worker = new Worker(new URL('../../notebook/worker.ts', import.meta.url), { type: 'module', name: 'julia' });
  if (!new URLSearchParams(location.search).has('debug')) return worker;
  return logged(worker, 'julia', (direction, message) => console.debug(direction, message));
}
