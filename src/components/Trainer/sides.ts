/** The trainer has two models, one beside the other. */
export type SideName = 'left' | 'right';

export const SIDES: readonly SideName[] = ['left', 'right'];
