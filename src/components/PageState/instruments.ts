/** The fields of a page's instruments (descent, trainer, plot): those that differ from the HTML, and how they are put back. */

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Scrubbers over what was computed here, and files: nothing of it is there for whoever opens a link. */
const PASSING = new Set(['frame', 'look', 'file', 'cube']);

/** By instrument, then by field. */
export function instrumentsHere(): Record<string, Record<string, string>> {
  const all: Record<string, Record<string, string>> = {};
  for (const [host, name, field] of fields()) {
    if (valueOf(field) !== initialOf(field)) all[host] = { ...all[host], [name]: valueOf(field) };
  }
  return all;
}

/** Sets fields, and all others as the article has them. @returns whether there is an instrument that the record names */
export function restoreInstruments(record: Readonly<Record<string, Readonly<Record<string, string>>>>): boolean {
  let found = false;
  for (const [host, name, field] of fields()) {
    found ||= Object.hasOwn(record, host);
    const value = record[host]?.[name] ?? initialOf(field);
    if (valueOf(field) === value) continue;
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value === 'true';
    else field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  return found;
}

function fields(): [host: string, name: string, field: Field][] {
  return [...document.querySelectorAll<Field>('[data-set]')].flatMap((field): [string, string, Field][] => {
    const host = field.closest<HTMLElement>('.instrument, descent-run, alpha-plot');
    const name = field.dataset['set'] ?? '';
    if (host === null || PASSING.has(name) || !('value' in field)) return [];
    return [[host.id === '' ? host.localName : host.id, name, field]];
  });
}

function valueOf(field: Field): string {
  return field instanceof HTMLInputElement && field.type === 'checkbox' ? String(field.checked) : field.value;
}

function initialOf(field: Field): string {
  if (field instanceof HTMLSelectElement)
    return ([...field.options].find(({ defaultSelected }) => defaultSelected) ?? field.options[0])?.value ?? '';
  return field instanceof HTMLInputElement && field.type === 'checkbox'
    ? String(field.defaultChecked)
    : field.defaultValue;
}
