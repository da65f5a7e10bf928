/** <save-page>: the small loader. */

import { onDemand } from '../ui/on-demand.ts';

const load = onDemand(() => import('./live.ts'));

class SavePage extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => {
      const say = (sentence: string): void => this.querySelector('[role=status]')?.replaceChildren(sentence);
      say('Gathering what the page needs…');
      load()
        .then(({ savePage }) => savePage())
        .then(say, (error: unknown) => say(error instanceof Error ? error.message : String(error)));
    });
  }
}

customElements.define('save-page', SavePage);
