/** Where a program writes: a buffer, or (without one) below the cell. What is shown there may be compact, or cut. */
export class Stream {
  readonly name: string;
  readonly buffer: { text: string } | null;
  readonly compact: boolean;
  readonly limit: boolean;
  constructor(
    name: string,
    buffer: { text: string } | null,
    settings: { readonly compact?: boolean; readonly limit?: boolean } = {},
  ) {
    this.name = name;
    this.buffer = buffer;
    this.compact = settings.compact ?? false;
    this.limit = settings.limit ?? false;
  }
}
