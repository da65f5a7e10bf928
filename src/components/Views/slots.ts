/**
 * Programs of every page, empty until a view asks for the value of an expression. They are there from the start, because a
 * list of programs that grows makes the notebook forget its values.
 */

import type { PageProgram } from '../Cell/payload.ts';
import { emptyProgram } from '../DataflowGraph/flow.ts';

export const VIEW_SLOTS: readonly PageProgram[] = ['view--left', 'view--right'].map((id) => ({
  id,
  program: emptyProgram,
}));
