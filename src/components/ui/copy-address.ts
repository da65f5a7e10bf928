/**
 * Puts an address into the clipboard, or where the browser does not let the page do so into the address bar.
 *
 * @param copied what is said when it is in the clipboard
 * @returns one sentence for the reader
 */
export async function copyAddress(address: string, copied: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(address);
    return copied;
  } catch {
    history.replaceState(history.state, '', new URL(address, location.href).hash);
    return 'This browser does not let the page copy: the link stands in the address now.';
  }
}
