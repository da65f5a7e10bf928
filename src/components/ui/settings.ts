/** A field's text by its name. Check boxes give 'true' or 'false'. */
export type FieldReader = (name: string) => string;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A field that makes no sense, in one sentence; `field` is its name. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly field: string;

  constructor(field: string, message: string) {
    super(capital(message));
    this.field = field;
  }
}
