import { describe, expect, it } from 'vitest';
import { runConfig } from '../presets.ts';
import { Trainer } from '../trainer.ts';
import { safetensors, weightsFile } from './safetensors.ts';

interface Entry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/** Reads a file as the format's description says, and checks its rules. */
function read(file: ArrayBuffer) {
  const view = new DataView(file);
  const length = Number(view.getBigUint64(0, true));
  const text = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(file, 8, length));
  expect(text.startsWith('{')).toBe(true);
  const { __metadata__: metadata, ...entries } = JSON.parse(text) as Record<string, Entry> & {
    __metadata__: Record<string, string>;
  };
  const start = 8 + length;
  expect(start % 8).toBe(0);
  let end = 0;
  const tensors = new Map<string, { shape: number[]; data: number[] }>();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [from, to],
    },
  ] of Object.entries(entries)) {
    expect(dtype).toBe('F32');
    expect(from, 'no gap').toBe(end);
    end = to;
    expect(to - from).toBe(4 * shape.reduce((a, b) => a * b, 1));
    const data = Array.from({ length: (to - from) / 4 }, (_, i) => view.getFloat32(start + from + 4 * i, true));
    tensors.set(name, { shape, data });
  }
  expect(file.byteLength).toBe(start + end);
  return { metadata, tensors };
}

describe('a safetensors file', () => {
  it('gives back what was put in, whatever the length of the header', () => {
    for (const name of ['a', 'ab', 'abc', 'ü', 'layer0.qkv.weight']) {
      const data = Float32Array.of(1, -2.5, NaN, Infinity, 1e-40, 0);
      const { tensors, metadata } = read(safetensors([{ name, shape: [2, 3], data }], { word: 'é' }));
      expect(tensors.get(name)).toEqual({ shape: [2, 3], data: [...data] });
      expect(metadata).toEqual({ word: 'é' });
    }
  });

  it('refuses shapes that do not fit, and names that come twice', () => {
    const tensor = { name: 'w', shape: [2], data: Float32Array.of(1, 2) };
    expect(() => safetensors([{ ...tensor, shape: [3] }], {})).toThrow('w holds 2 numbers, not 3');
    expect(() => safetensors([tensor, tensor], {})).toThrow('two tensors called w');
  });

  it('holds every weight of a model, and its run', () => {
    const trainer = new Trainer(runConfig('recall-demo', { arm: 'add-NS', alpha: 0.5 }));
    trainer.step(3);
    const { tensors, metadata } = read(weightsFile(trainer.record([]), trainer.weights()));
    expect([...tensors.keys()].toSorted()).toEqual(
      trainer
        .weights()
        .map(({ name }) => name)
        .toSorted(),
    );
    for (const { name, shape, data } of trainer.weights())
      expect(tensors.get(name)).toEqual({ shape, data: [...data] });
    const record = JSON.parse(metadata['run'] ?? '') as { hash: string; steps: number };
    expect(record).toMatchObject({ hash: trainer.hash(), steps: 3 });
  });
});
