/** What an article can write without importing it. Live fences, <Value> and <Picture> need no entry: the cell plugin places them. */
import Descent from '../components/Descent/Descent.astro';
import ProductFigure from '../components/ProductFigure/ProductFigure.astro';
import Added from '../site/Added.astro';
import Credits from '../site/Credits.astro';
import Found from '../site/Found.astro';
import Note from '../site/Note.astro';
import Unknown from '../site/Unknown.astro';

export const embeddable = { Added, Credits, Descent, ProductFigure, Found, Note, Unknown };
