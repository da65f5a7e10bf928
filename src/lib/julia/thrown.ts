/** What a program threw that is no exception: `throw(3)`. */

import { JuliaError } from './errors.ts';
import type { Value } from './values.ts';

export class ThrownValue extends JuliaError {
  readonly payload: Value;
  constructor(message: string, payload: Value) {
    super('ErrorException', message);
    this.payload = payload;
  }
}
