import { expect, test } from 'vitest';
import { controlHtml, sliderLength, sliderPosition, sliderValue, type SliderControl } from './control-html.ts';

const slider: SliderControl = { kind: 'slider', name: 'c', start: 0, step: 0.1, stop: 1, initial: 0.3, integer: false };

test('a slider stops where its range does, at the numbers Julia has', () => {
  expect(sliderLength(slider)).toBe(11);
  expect(sliderValue(slider, 3)).toBe(0.3);
  expect(sliderPosition(slider, 0.3)).toBe(3);
  const chosen: SliderControl = { ...slider, values: [1, 2, 4, 8], initial: 4 };
  expect([sliderLength(chosen), sliderPosition(chosen, 4), sliderValue(chosen, 3)]).toEqual([4, 2, 8]);
});

test('a control is a native input with its name as the label', () => {
  const host = controlHtml('cell', slider);
  expect(host).toContain('<label for="cell-bind-c"><code>c</code></label>');
  expect(host).toContain('type="range"');
  expect(host).toContain('>0.3</output>');
  const select = controlHtml('cell', {
    kind: 'select',
    name: 's',
    options: [{ value: { symbol: 'a<b' }, label: 'a<b' }],
    initial: { symbol: 'a<b' },
  });
  expect(select).toContain('<option value="0" selected>a&lt;b</option>');
});
