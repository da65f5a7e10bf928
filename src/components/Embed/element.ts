/** <cell-embed>: the small part of an embed. It tells its height to the page around, hears it, and shows the state in its address. */

import { onDemand } from '../ui/on-demand.ts';
import { heightMessage, hostOrigin, readHostMessage } from './messages.ts';

const load = onDemand(() => import('./live.ts'));

class CellEmbed extends HTMLElement {
  connectedCallback(): void {
    const root = document.documentElement;
    const flags = new URLSearchParams(location.search);
    const program = this.querySelector('details');
    if (program !== null && flags.get('code') === '1') program.open = true;
    if (flags.get('code') === '0') this.querySelector('[data-do=edit]')?.setAttribute('hidden', '');
    this.addEventListener('copy-link', () => this.#do(({ copyLink }, cell) => copyLink(cell)));
    const state = flags.get('state');
    if (state !== null) this.#do(({ show }, cell) => show(cell, state));
    if (parent === window) return;
    const host = hostOrigin(location.ancestorOrigins, document.referrer);
    // A height is no secret, so that also a page whose origin is not told may have it.
    const tell = (): void => parent.postMessage(heightMessage(root.getBoundingClientRect().height), host ?? '*');
    new ResizeObserver(tell).observe(root);
    addEventListener('message', ({ source, origin, data }) => {
      if (source !== parent || host === null || origin !== host) return;
      const message = readHostMessage(data);
      if (message?.type === 'ask') tell();
      else if (message !== null) root.dataset['theme'] = message.theme;
    });
  }

  /** Does what only the live part can, and says how it went. */
  #do(act: (live: Awaited<ReturnType<typeof load>>, cell: HTMLElement) => Promise<string>): void {
    const cell = this.querySelector<HTMLElement>('julia-cell');
    const notice = this.querySelector<HTMLElement>('.cell-notice');
    if (cell === null || notice === null) return;
    const say = (sentence: string): void => {
      notice.textContent = sentence;
      notice.hidden = sentence === '';
    };
    load()
      .then((live) => act(live, cell))
      .then(say, (error: unknown) => say(error instanceof Error ? error.message : String(error)));
  }
}

customElements.define('cell-embed', CellEmbed);
