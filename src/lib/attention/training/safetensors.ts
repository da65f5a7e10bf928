/**
 * Weights as a safetensors file: eight bytes with the length of a JSON header, the header, then the numbers, little-endian,
 * row-major and without gaps. PyTorch, JAX and others read it without running code (format: Hugging Face, safetensors 0.4).
 */
import type { RunRecord } from '../trainer.ts';

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The file as bytes. `metadata` is what a reader finds under `__metadata__`: texts only, as the format wants. */
export function safetensors(tensors: readonly Tensor[], metadata: Readonly<Record<string, string>>): ArrayBuffer {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, data } of tensors) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (size !== data.length) throw new RangeError(`${name} holds ${data.length} numbers, not ${size}`);
    if (name in header) throw new RangeError(`there are two tensors called ${name}`);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + 4 * size] };
    end += 4 * size;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Spaces at the header's end bring the numbers to a multiple of eight bytes.
  const length = Math.ceil(text.length / 8) * 8;
  const file = new ArrayBuffer(8 + length + end);
  const view = new DataView(file);
  view.setBigUint64(0, BigInt(length), true);
  const bytes = new Uint8Array(file, 8, length);
  bytes.fill(0x20);
  bytes.set(text);
  let at = 8 + length;
  for (const { data } of tensors) {
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return file;
}

/** The weights of a run, with what one must know to use them. */
export function weightsFile(record: RunRecord, tensors: readonly Tensor[]): ArrayBuffer {
  return safetensors(tensors, {
    format: 'pt',
    run: JSON.stringify(record),
    layout:
      'Linear maps are stored as inputs x outputs: y = x W + b, the transpose of torch.nn.Linear. qkv holds Q, K and V beside each other. ' +
      'The columns of head beyond the number of classes are padding.',
  });
}
