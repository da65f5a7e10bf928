/** What a model is: shapes and choices, all JSON. */
import type { ValueTransform } from './transforms.ts';

/** What a token is made of: a patch of numbers, or ids (several fields are looked up in one table and summed). */
export type InputSpec =
  | { readonly kind: 'patches'; readonly size: number }
  | { readonly kind: 'ids'; readonly vocabulary: number; readonly fields: number };

/** Where the value transform acts: on V of every attention layer, on the pooled sequence (as in the author's runs), or both. */
export type TransformPlace = 'attention' | 'pooling' | 'both';

export interface ModelConfig {
  /** N, tokens of one sample. */
  readonly tokens: number;
  /** D, features of a token: a multiple of 4, and of 4 * heads. */
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  /** Hidden width of the MLP, in units of `width`. */
  readonly mlp: number;
  readonly classes: number;
  readonly input: InputSpec;
  /** One answer a sample (sequence pooling), or one answer a token. */
  readonly output: 'pool' | 'tokens';
  /** Token t attends to tokens 0..t only. */
  readonly causal: boolean;
  readonly transform: ValueTransform;
  readonly place: TransformPlace;
}

/** Rounds up to whole SIMD vectors of four. */
export const roundUp4 = (n: number): number => Math.ceil(n / 4) * 4;

/** Columns of the classifier as stored. */
export const paddedClasses = (model: ModelConfig): number => roundUp4(model.classes);

/** Thrown when a configuration cannot be a model. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Checks a model. Throws ConfigError in words that name the field. */
export function checkModel(model: ModelConfig): void {
  const need = (ok: boolean, message: string): void => {
    if (!ok) throw new ConfigError(message);
  };
  for (const key of ['tokens', 'width', 'heads', 'layers', 'mlp', 'classes'] as const) {
    need(Number.isInteger(model[key]) && model[key] > 0, `${key} must be a positive whole number, not ${model[key]}`);
  }
  need(model.tokens >= 2 && model.tokens <= 1024, 'tokens must be between 2 and 1024');
  need(model.width % (4 * model.heads) === 0, 'width must be a multiple of 4 * heads');
  need(model.input.kind !== 'patches' || model.input.size % 4 === 0, 'the patch size must be a multiple of 4');
  const { value, part, shift } = model.transform;
  need([value, part, shift].every(Number.isFinite), 'alpha must be finite');
  need(
    model.transform.kind !== 'prefix' || model.place === 'attention',
    'the causal prefix softmax exists in attention only, not in pooling',
  );
  need(
    model.output === 'pool' || model.place === 'attention',
    'a model without pooling cannot transform the pooled values',
  );
  need(!(model.causal && model.output === 'pool'), 'a causal model answers token by token');
}
