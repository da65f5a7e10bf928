/**
 * Writes `tests/fixtures/published.json`: what a public clone knows of the author's pictures. Run where `../shared` is.
 * Drawings (the slides' diagram and montage, the loss curve) are left out: they are no pictures of a matrix.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { digest, published } from '../tests/fidelity/published.ts';

const drawn = /^rfp-slide|loss-curve/;
const names = readdirSync(new URL('../../shared/source/reference/', import.meta.url))
  .filter((file) => file.endsWith('.png') && !drawn.test(file))
  .map((file) => file.replace(/\.png$/, ''))
  .sort();

const entries = await Promise.all(
  names.map(async (name) => {
    const levels = await published(name);
    return levels ? ([[name, digest(levels)]] as const) : [];
  }),
);
const lines = entries.flat().map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
writeFileSync(new URL('../tests/fixtures/published.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} pictures`);
