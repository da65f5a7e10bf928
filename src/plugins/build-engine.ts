import { createHash } from 'node:crypto';
import { loadPredefined, PREDEFINED_PICTURES } from '../lib/image/node-pictures.ts';
import { display8 } from '../lib/image/display.ts';
import { allPacks } from '../lib/julia/library/all.ts';
import { Notebook } from '../lib/julia/notebook.ts';
import type { Picture } from '../lib/julia/view.ts';
import { ReferenceEngine } from '../lib/matrix/reference.ts';
import type { RunPage } from './compute.ts';
import { hashModules, type ReadText } from './module-hash.ts';
import { writePicture } from './picture-file.ts';

/** What runs an article's programs while it is built. */
export interface BuildEngine {
  readonly version: string;
  /** The pictures that programs find by name, and a hash of each. */
  readonly pictures: ReadonlyMap<string, string>;
  readonly run: RunPage;
  /** Writes a picture's file for the browser into `folder` and returns its name; `colour` keeps its colours. */
  readonly picture: (name: string, folder: string, colour: boolean) => Promise<string>;
  /** The same with more pictures: those that lie beside an article. */
  readonly with: (more: ReadonlyMap<string, Picture>) => BuildEngine;
}

/** What a cell's result depends on, but for the page itself: the parser, the library and the engine, and how a value is described and drawn. */
const EVALUATES = ['src/lib/julia/parse/parse.ts', 'src/plugins/build-engine.ts', 'src/plugins/compute.ts'];

let shared: Promise<BuildEngine> | null = null;

/**
 * The reference engine with the predefined pictures; made once a process. Its version is a hash of the library's source, read when
 * the library itself was loaded: a change of the library shows after the development server is started again.
 */
export function referenceBuild(root: string): Promise<BuildEngine> {
  shared ??= make(root);
  return shared;
}

/** Changes with every source file that decides what a program comes to. */
export function buildVersion(root: string, read?: ReadText): Promise<string> {
  return hashModules(root, EVALUATES, read);
}

async function make(root: string): Promise<BuildEngine> {
  const loaded = await Promise.all(
    PREDEFINED_PICTURES.map(async (name) => [name, await loadPredefined(name)] as const),
  );
  return engineOf(await buildVersion(root), new Map<string, Picture>(loaded));
}

function engineOf(version: string, pictures: ReadonlyMap<string, Picture>): BuildEngine {
  return {
    version,
    with: (more) => engineOf(version, new Map([...pictures, ...more])),
    pictures: new Map([...pictures].map(([name, picture]) => [name, hashOf(picture)])),
    run: (cells, wanted) => {
      const notebook = new Notebook(new ReferenceEngine(), pictures, { packs: allPacks });
      notebook.setCells(cells);
      return Promise.resolve(notebook.run(wanted));
    },
    picture: (name, folder, colour) => {
      const picture = pictures.get(name);
      if (picture === undefined) throw new Error(`there is no picture named ${name}`);
      return writePicture(folder, pixelsOf(picture, colour));
    },
  };
}

function pixelsOf({ rows, cols, grey, rgb }: Picture, colour: boolean): Parameters<typeof writePicture>[1] {
  if (!colour || rgb === undefined) return { rows, cols, channels: 1, bytes: display8({ rows, cols, data: grey }) };
  const planes = [rgb.red, rgb.green, rgb.blue].map((data) => display8({ rows, cols, data }));
  const bytes = new Uint8Array(3 * rows * cols);
  planes.forEach((plane, channel) => plane.forEach((level, k) => (bytes[3 * k + channel] = level)));
  return { rows, cols, channels: 3, bytes };
}

function hashOf({ rows, cols, grey, rgb }: Picture): string {
  const hash = createHash('sha256').update(`${rows}x${cols}`);
  for (const plane of [grey, rgb?.red, rgb?.green, rgb?.blue]) {
    if (plane !== undefined) hash.update(new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength));
  }
  return hash.digest('hex').slice(0, 16);
}
