/**
 * Brings the modules of Debian's Python that the tests of the exports ask: nbformat and numpy. Run by itself: `node scripts/python.ts`. Where
 * they cannot be had those tests are skipped, and say so.
 */
import { spawnSync } from 'node:child_process';
import { fromDebian } from './find-program.ts';

for (const name of ['nbformat', 'numpy']) {
  const there = (): boolean => spawnSync('/usr/bin/python3', ['-c', `import ${name}`]).status === 0;
  if (!there() && !(fromDebian(`python3-${name}`) && there()))
    console.error(`No ${name} for /usr/bin/python3: the exports are not tested with it.`);
}
