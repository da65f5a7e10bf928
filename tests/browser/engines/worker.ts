import { chooseEngine, createEngine } from '../../../src/lib/matrix/choose.ts';
import { cases, disagreement, leaked } from '../../../src/lib/matrix/parity-cases.ts';
import { difference, pipelines, warpInsideLoss } from '../../../src/lib/matrix/parity-pipelines.ts';
import { milliseconds } from '../../../src/lib/matrix/parity-times.ts';
import { ReferenceEngine } from '../../../src/lib/matrix/reference.ts';
import { Ops } from '../../../src/lib/matrix/tape.ts';
import { fetchLibrary } from '../../differential/compare.ts';
import { search } from '../../differential/search.ts';
import type { Engine, EngineName } from '../../../src/lib/matrix/engine.ts';
import type { LostReport, PictureDifference, Pictures, Request } from './protocol.ts';

const reference = new ReferenceEngine();

self.addEventListener('message', (event: MessageEvent<Request>) => {
  answer(event.data).then(
    (result) => postMessage({ result }),
    (error: unknown) =>
      postMessage({ error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  );
});

async function answer(request: Request): Promise<unknown> {
  switch (request.ask) {
    case 'primitives':
      return withEngine(request.engine, primitives);
    case 'pictures':
      return withEngine(request.engine, (engine) => compare(engine, request.size, request.pictures, request.only));
    case 'descent':
      return withEngine(request.engine, (engine) => {
        const run = (on: Engine): number[] =>
          on.tidy(
            () => warpInsideLoss(new Ops(on), request.pictures[0], request.size, request.steps),
            () => [],
          );
        return { right: run(reference), other: run(engine), memory: engine.memory() };
      });
    case 'times':
      return withEngine(request.engine, (engine) => milliseconds(engine, request));
    case 'programs':
      await fetchLibrary();
      return withEngine(request.engine, (engine) => search(engine, request.seed, request.runs, request.shrink));
    case 'loss of context':
      return loseContext();
    case 'choice': {
      const { engine, reason } = await chooseEngine({ wanted: request.wanted });
      const { name } = engine;
      engine.dispose();
      return { name, reason };
    }
  }
}

async function withEngine<T>(name: EngineName, work: (engine: Engine) => T): Promise<T> {
  const engine = await createEngine(name);
  try {
    return work(engine);
  } finally {
    engine.dispose();
  }
}

function primitives(engine: Engine): { count: number; wrong: string[] } {
  const wrong: string[] = [];
  for (const each of cases) {
    const right = reference.download(each.run(reference));
    const lost = leaked(engine, () => {
      const apart = disagreement(right, engine.download(each.run(engine)), each);
      if (apart !== null) wrong.push(`${each.name}: ${apart}`);
    });
    if (lost) wrong.push(`${each.name}: leaks ${lost}`);
  }
  return { count: cases.length, wrong };
}

function compare(engine: Engine, size: number, pictures: Pictures, only?: string): PictureDifference[] {
  const picture = (on: Engine, make: (typeof pipelines)[string]): Float64Array =>
    on.tidy(
      () => {
        const ops = new Ops(on);
        const [m, other] = pictures.map((data) => ops.upload(data, size, size));
        if (!m || !other) throw new Error('two pictures are needed');
        return ops.download(make(ops, m, other));
      },
      () => [],
    );
  const chosen = Object.entries(pipelines).filter(([name]) => only === undefined || name === only);
  return chosen.map(([name, make]) => ({
    name,
    ...difference(picture(reference, make), picture(engine, make)),
  }));
}

async function loseContext(): Promise<LostReport> {
  let tell: (lost: Error) => void = () => undefined;
  const told = new Promise<Error>((resolve) => (tell = resolve));
  // The engine keeps its context to itself: catch it on its way.
  const contexts: WebGL2RenderingContext[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its canvas below
  const getContext = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (
    this: OffscreenCanvas,
    ...parameters: Parameters<typeof getContext>
  ) {
    const context = getContext.apply(this, parameters);
    if (context instanceof WebGL2RenderingContext) contexts.push(context);
    return context;
  } as typeof getContext;
  const engine = await createEngine('tfjs-webgl', (lost) => tell(lost));
  const a = engine.fill(2, 8, 8);
  contexts[contexts.length - 1]?.getExtension('WEBGL_lose_context')?.loseContext();
  let thrown = 'nothing';
  try {
    engine.download(engine.matmul(a, a));
  } catch (error) {
    thrown = error instanceof Error ? error.name : String(error);
  }
  const lost = await told;
  const next = await chooseEngine({ without: ['tfjs-webgl'] });
  const sum = next.engine.download(next.engine.reduce('sum', next.engine.fill(2, 8, 8), 'all'))[0] ?? NaN;
  return { thrown, told: lost.name, next: next.engine.name, reason: next.reason, sum };
}
