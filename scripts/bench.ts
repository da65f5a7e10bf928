/**
 * Times the engines, the 3D views and the training: `npm run bench -- [--json] [--sizes 256,512,1024] [--rounds 7] [--no-browser] [NAME ...]`.
 * Each bench is a module of scripts/bench/; NAME picks some. Trust ratios more than milliseconds.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { attention } from './bench/attention.ts';
import { descent } from './bench/descent.ts';
import { drag } from './bench/drag.ts';
import { engines } from './bench/engines.ts';
import { products } from './bench/products.ts';
import { scene } from './bench/scene.ts';
import type { Bench, Row } from './bench/types.ts';

const benches: readonly Bench[] = [engines, products, descent, drag, scene, attention];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '256,512,1024' },
    rounds: { type: 'string', default: '7' },
    'no-browser': { type: 'boolean', default: false },
  },
});

const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const machine = `${os.cpus().length} processors, ${os.arch()}, Node ${process.versions.node}`;
const results: { name: string; remark: string; rows: Compared[] }[] = [];
for (const bench of chosen) {
  const rows = await bench.run({
    sizes: values.sizes.split(',').map(Number),
    rounds: Number(values.rounds),
    browser: !values['no-browser'],
    note: (text) => process.stderr.write(`${text}\n`),
  });
  results.push({ name: bench.name, remark: bench.remark ?? '', rows: compare(rows, bench.baseline) });
}
process.stdout.write(values.json ? `${JSON.stringify({ machine, results }, null, 2)}\n` : table());

interface Compared extends Row {
  /** The baseline's time in the same place over this one: how many times faster. */
  readonly speed: number;
}

function compare(rows: readonly Row[], baseline: string): Compared[] {
  return rows.map((row) => {
    const base = rows.find(
      ({ what, where, engine }) => what === row.what && where === row.where && engine === baseline,
    );
    return { ...row, speed: (base?.medianMs ?? NaN) / row.medianMs };
  });
}

function table(): string {
  const lines = [`${machine}. Median of several runs; speed is against the baseline in the same place.`];
  for (const { name, remark, rows } of results) {
    if (rows.length === 0) continue;
    lines.push(
      '',
      `## ${name}`,
      '',
      ...(remark === '' ? [] : [remark, '']),
      '| what | where | engine | ms | speed |',
      '| --- | --- | --- | ---: | ---: |',
    );
    for (const { what, where, engine, medianMs, speed } of [...rows].sort((a, b) =>
      a.what.localeCompare(b.what, 'en', { numeric: true }),
    )) {
      const times = Number.isNaN(speed) ? '' : speed.toFixed(2);
      lines.push(`| ${what} | ${where} | ${engine} | ${medianMs.toPrecision(3)} | ${times} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
