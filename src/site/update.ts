/** Tells the reader that a newer version of the site is there, and brings it at a press: never by itself, in the middle of something. */
export function offerUpdate(waiting: ServiceWorker): void {
  const box = document.createElement('p');
  box.className = 'update-notice';
  box.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Reload';
  button.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('take over');
  });
  box.append('A newer version of this site is there; what you made of this page stays. ', button);
  document.querySelector('main')?.prepend(box);
}
