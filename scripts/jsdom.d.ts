/** What the checks use of jsdom, which brings no types of its own. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string, options?: { readonly runScripts: 'dangerously' });
    readonly window: { readonly document: Document };
  }
}
