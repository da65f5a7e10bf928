/** The differences of the table of arms, as texts: what stands there when the page is built, and what a reader switches to. */
import type { ArmResult } from '../../lib/attention/sweep/merge.ts';
import { fixed, pText, range, signed } from './words.ts';

/** Accuracy or loss, and which 95 % interval: Student's, or that of the studentised bootstrap. */
export type TableChoice = 'accuracy-t' | 'accuracy-bootstrap' | 'loss-t' | 'loss-bootstrap';

export const TABLE_CHOICES: Readonly<Record<TableChoice, string>> = {
  'accuracy-t': 'accuracy, t interval',
  'accuracy-bootstrap': 'accuracy, bootstrap interval',
  'loss-t': 'loss, t interval',
  'loss-bootstrap': 'loss, bootstrap interval',
};

const choose = (
  choice: TableChoice,
): { measure: 'accuracy' | 'loss'; interval: 't' | 'bootstrap'; digits: number } => ({
  measure: choice.startsWith('loss') ? 'loss' : 'accuracy',
  interval: choice.endsWith('bootstrap') ? 'bootstrap' : 't',
  digits: choice.startsWith('loss') ? 4 : 2,
});

/** Heads of the five columns. */
export function differenceHeads(choice: TableChoice): readonly string[] {
  const { measure, interval } = choose(choice);
  return [
    `Minus V, ${measure === 'loss' ? 'nats' : 'points'}`,
    interval === 't' ? '95 % interval' : '95 %, bootstrap',
    'p (Holm)',
    'Minus linear',
    'p (Holm)',
  ];
}

/** Cells of the five columns of one arm; empty where there is nothing to compare. */
export function differenceCells({ toBaseline, toControls }: ArmResult, choice: TableChoice): readonly string[] {
  const { measure, interval, digits } = choose(choice);
  const [base, linear] = [toBaseline?.[measure], toControls?.linear?.[measure]];
  return [
    base ? signed(base.mean, digits) : '',
    base ? range(base[interval], digits) : '',
    base ? pText(base.holm) : '',
    linear ? signed(linear.mean, digits) : '',
    linear ? pText(linear.holm) : '',
  ];
}

/** Columns before the differences. */
export const BEFORE = 5;

/** Accuracy and loss of an arm by themselves. */
export function ownCells({ rate, dots, accuracy, loss }: ArmResult): readonly string[] {
  return [
    rate === null ? '' : String(rate),
    String(dots.length),
    accuracy ? fixed(accuracy.mean, 2) : '',
    loss ? fixed(loss.mean, 3) : '',
  ];
}

/** Writes the differences that were chosen into a table that is there. */
export function fillTable(table: HTMLTableElement, arms: readonly ArmResult[], choice: TableChoice): void {
  const write = (row: HTMLTableRowElement | undefined, texts: readonly string[]): void => {
    texts.forEach((text, i) => {
      const cell = row?.cells[BEFORE + i];
      if (cell) cell.textContent = text;
    });
  };
  write(table.tHead?.rows[0], differenceHeads(choice));
  arms.forEach((arm, i) => write(table.tBodies[0]?.rows[i], differenceCells(arm, choice)));
}
