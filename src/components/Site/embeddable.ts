/** What an article can write without importing it. Live fences, <Value> and <Picture> need no entry: the cell plugin places them. */
import Descent from '../Descent/Descent.astro';
import Factors from '../Factors/Factors.astro';
import Added from './Added.astro';
import Found from './Found.astro';
import Note from './Note.astro';
import Unknown from './Unknown.astro';

export const embeddable = { Added, Descent, Factors, Found, Note, Unknown };
