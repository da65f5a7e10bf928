/**
 * Adds a style sheet to the page, once. For sheets of live parts, imported as `./x.css?inline`: Astro would link the sheet of a part that is
 * imported on demand from every page, before anybody has asked for the part.
 */
export function adopt(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
