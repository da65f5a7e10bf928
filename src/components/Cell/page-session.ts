import { logged } from '../../notebook/log.ts';
import type { PagePayload } from '../../notebook/programs.ts';
import { SAMPLES } from '../../notebook/samples.ts';
import { Session } from '../../notebook/session.ts';
import { isShownEngine } from '../../notebook/succession.ts';
import { initialSettings } from '../../notebook/settings.ts';
import type { WorkerLike } from '../../notebook/worker-client.ts';
import { isFile, publicAddress } from '../../site/address.ts';
import { underBase } from '../../site/links.ts';
import type { EngineName } from '../../lib/matrix/engine.ts';
import { examinedEngines } from './examined-engines.ts';

const sessions = new Map<string, Session>();
const hearers: ((session: Session, fresh: boolean) => void)[] = [];

/** The notebook of that key, made from what the build left in the HTML. */
export function pageSession(key: string): Session {
  const known = sessions.get(key);
  if (known !== undefined) return known;
  const payload: PagePayload = { page: key, programs: [], ...(read('programs', key) as Partial<PagePayload>) };
  const urls = Object.entries(read('pictures', key) as Record<string, string>);
  const pictures = Object.fromEntries(urls.map(([name, url]) => [name, new URL(url, document.baseURI).href]));
  const session = new Session(
    { ...payload, pictures, settings: { ...initialSettings, engine: engineFromAddress() } },
    {
      worker: startWorker,
      online: () => navigator.onLine,
      examined: examinedEngines,
    },
  );
  for (const { name } of SAMPLES) session.lend(name, sampleAddress(name));
  sessions.set(key, session);
  for (const hear of hearers) hear(session, true);
  document.dispatchEvent(new CustomEvent<Session>('notebook', { detail: session }));
  return session;
}

/** The notebooks of this page that are open. */
export function openSessions(): readonly Session[] {
  return [...sessions.values()];
}

/** Tells of every notebook that is open or will be; `fresh` ones have just been made. */
export function onSession(hear: (session: Session, fresh: boolean) => void): void {
  for (const session of sessions.values()) hear(session, false);
  hearers.push(hear);
}

/** Where the site has a picture that it lends. A page that is a file holds those that it was saved with. */
export function sampleAddress(name: string): string {
  const held: unknown = JSON.parse(document.querySelector('script[data-samples]')?.textContent ?? '{}');
  const path = underBase(import.meta.env.BASE_URL, `pictures/samples/${name}.png`);
  return (held as Record<string, string>)[name] ?? new URL(path, isFile() ? publicAddress() : location.href).href;
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
