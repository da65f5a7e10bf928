// In the head of a page that is a single file. Megabytes stand between the page and its scripts: what the reader presses and moves before they
// run is noted here, and done again by the loader.
(() => {
  const moved = new Map();
  const note = ({ type, target }) => {
    const element = type === 'click' ? target.closest('button') : target;
    if (element !== null) moved.set(element, type);
  };
  const causes = ['input', 'click'];
  for (const cause of causes) addEventListener(cause, note, true);
  globalThis.repeatMoves = () => {
    for (const cause of causes) removeEventListener(cause, note, true);
    for (const [element, type] of moved)
      if (type === 'click') element.click();
      else for (const name of ['input', 'change']) element.dispatchEvent(new Event(name, { bubbles: true }));
  };
})();
