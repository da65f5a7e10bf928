/** What the fields of the instrument say, checked. */
import { SettingsError } from '../ui/settings.ts';
import type { FieldReader } from '../ui/settings.ts';
import { STARTS, TARGETS } from './runs.ts';
import type { DescentSettings } from './runs.ts';

/** What the fields say. Throws SettingsError for one that makes no sense. */
export function readSettings(field: FieldReader): DescentSettings {
  const number = (name: string, low: number, high: number): number => {
    const value = Number(field(name));
    if (!(value >= low && value <= high))
      throw new SettingsError(name, `the ${name} must be a number from ${low} to ${high}.`);
    return value;
  };
  const start = STARTS.find((one) => one === field('start')) ?? 'mandrill';
  const target = TARGETS.find((one) => one === field('target')) ?? 'warped';
  return {
    start,
    target,
    transform: field('transform') === "V'" ? "V'" : 'V',
    inside: field('inside') === 'true',
    hold: field('hold') === 'true',
    optimiser: { kind: field('optimiser') === 'plain' ? 'plain' : 'adam', rate: number('rate', 1e-6, 10) },
    steps: Math.round(number('steps', 1, 5000)),
    julia: field('own-loss') === 'true' ? field('julia') : null,
  };
}

/** Minutes and seconds, for a wait. */
export function wait(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
