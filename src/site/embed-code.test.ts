import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { embedCode, embedPath, frameHtml } from './embed-code.ts';

const frame = {
  address: 'https://example.org/site/embed/scale/half/?code=0&theme=dark',
  title: 'Half, "quarter" & <eighth>',
  height: 612.4,
};

test('a cell of an article has an embed, others have none', () => {
  expect(embedPath('content-softmax-variants-index', 'plus-one')).toBe('/embed/softmax-variants/plus-one/');
  expect(embedPath('src-pages--gallery', 'plus-one')).toBeNull();
  expect(embedPath('content-scale-index', 'a b/c')).toBe('/embed/scale/a%20b%2Fc/');
});

test('the frame keeps its address and its title, whatever letters they have', () => {
  const element = new JSDOM(frameHtml(frame)).window.document.querySelector('iframe');
  expect(element?.src).toBe(frame.address);
  expect(element?.title).toBe(frame.title);
  expect(element?.height).toBe('612');
});

test('the script gives a frame the height that its own embed tells, and hears nobody else', () => {
  const { window } = new JSDOM(`<body>${embedCode(frame)}${embedCode(frame)}</body>`, {
    runScripts: 'dangerously',
  }) as unknown as { window: Window & typeof globalThis };
  const [first, second] = window.document.querySelectorAll('iframe');
  const tell = (origin: string, data: unknown): void => {
    const source = first?.contentWindow as unknown as MessageEventSource | null;
    window.dispatchEvent(new window.MessageEvent('message', { origin, data, source: source as never }));
  };
  tell('https://elsewhere.org', { type: 'images-as-matrices/height', height: 9000 });
  tell('https://example.org', { type: 'another', height: 9000 });
  tell('https://example.org', null);
  expect(first?.height).toBe('612');
  tell('https://example.org', { type: 'images-as-matrices/height', height: 733 });
  expect(first?.height).toBe('733');
  expect(second?.height).toBe('612');
});
