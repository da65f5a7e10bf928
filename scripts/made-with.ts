/** What a run was made with, for the lines of crossed plans: versions, and checksums of the kernels and the pictures. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { KERNELS_BASE64 } from '../src/lib/attention/kernels.wasm.ts';
import type { MadeWith } from '../src/lib/attention/sweep/crossed-records.ts';
import type { FashionData } from '../src/lib/attention/tasks/fashion.ts';

const PACKAGE = 'dataset-fashion-mnist';
const short = (parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
};

/** Checksum of the pictures as they are trained on: of each set the labels, then the pixels. */
export function picturesSum({ train, validation, final, test }: FashionData): string {
  return short([train, final, validation, test].flatMap((set) => (set ? [set.labels, set.pixels] : [])));
}

function packageVersion(): string {
  try {
    return execFileSync('dpkg-query', ['--show', '--showformat=${Package} ${Version}', PACKAGE], { encoding: 'utf8' });
  } catch {
    // Files of the same content, put there by hand: their checksum tells.
    return `${PACKAGE}, version unknown`;
  }
}

/** Everything but the times. */
export function madeWith(data: FashionData): Omit<MadeWith, 'at' | 'seconds'> {
  return {
    node: process.versions.node,
    package: packageVersion(),
    kernels: short([Buffer.from(KERNELS_BASE64, 'base64')]),
    pictures: picturesSum(data),
  };
}
