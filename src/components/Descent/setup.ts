import { productLoss, transformed, warped } from '../../lib/matrix/descent-loss.ts';
import { Descent } from '../../lib/matrix/descent.ts';
import type { DescentSettings, SitePictureName, StartName, TargetName } from './runs.ts';
import type { Node, Ops } from '../../lib/matrix/tape.ts';

/** Square pictures by name, row-major 8-bit levels / 255. */
export type DescentPictures = Readonly<Partial<Record<SitePictureName | 'own', Float64Array>>>;

export interface Prepared {
  readonly descent: Descent;
  /** The start picture, row-major. */
  readonly start: Float64Array;
  /** The product of a picture, as the run's transform makes it. */
  readonly view: (x: Node) => Node;
  readonly target: Node;
  dispose(): void;
}

/** A loss made from the target; `productLoss` unless the reader wrote one. */
export type LossMaker = (target: Node, start: Node) => (x: Node) => Node;

/**
 * A descent ready for its first step.
 * @param size rows and columns of every picture
 * @throws Error where a picture that the settings name is not there
 */
export function prepare(
  ops: Ops,
  settings: DescentSettings,
  pictures: DescentPictures,
  size: number,
  own: LossMaker | null = null,
): Prepared {
  const { engine } = ops;
  const view = (x: Node): Node => transformed(ops, settings.inside ? warped(ops, x) : x, settings.transform);
  const start = startOf(ops, settings.start, pictures, size);
  const target = engine.tidy(
    () => transformed(ops, ops.upload(startOf(ops, settings.target, pictures, size), size, size), settings.transform),
    (node) => [node.value],
  );
  const first = ops.upload(start, size, size);
  const loss = own === null ? productLoss(ops, target, settings) : own(target, first);
  const descent = new Descent(ops, loss, start, size, size, settings.optimiser);
  const dispose = (): void => {
    descent.dispose();
    engine.free([target.value, first.value]);
  };
  return { descent, start, view, target, dispose };
}

function startOf(ops: Ops, name: StartName | TargetName, pictures: DescentPictures, size: number): Float64Array {
  if (name === 'noise') return noise(size * size);
  if (name === 'warped') {
    const m = pictureOf('mandrill', pictures, size);
    return ops.engine.tidy(
      () => ops.download(warped(ops, ops.upload(m, size, size))),
      () => [],
    );
  }
  return pictureOf(name, pictures, size);
}

function pictureOf(name: keyof DescentPictures, pictures: DescentPictures, size: number): Float64Array {
  const picture = pictures[name];
  if (picture?.length !== size * size)
    throw new Error(name === 'own' ? 'Choose a picture of yours first.' : `The picture ${name} is missing.`);
  return picture;
}

/** Uniform on [0, 1), from a fixed seed (mulberry32). */
function noise(count: number): Float64Array {
  let state = 0x9e3779b9;
  return Float64Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  });
}
