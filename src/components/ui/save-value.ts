import { fileOf, type FileFormat } from '../../lib/display/file.ts';
import type { PictureValue } from '../../lib/display/picture.ts';
import { handOver } from './hand-over.ts';

/**
 * Hands the reader a value as a file; its ending is added to `name`.
 *
 * @throws Error where the value has no such form, with a sentence for the reader
 */
export function saveValue(value: PictureValue, format: FileFormat, name: string): void {
  const { content, type } = fileOf(value, format);
  handOver(content, type, `${name}.${format}`);
}
