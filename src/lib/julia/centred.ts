import { Arr } from './values.ts';

/**
 * A kernel as ImageFiltering makes it, whose indices count from its middle. Filters take it; it is not indexed here. What arithmetic makes of
 * it is an ordinary array, which filters take with its middle for origin, too.
 */
export class CentredArr extends Arr {}
