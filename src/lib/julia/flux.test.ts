/** Training as the studies do it, with the losses that they print (docs/studies.md, 12). */

import { describe, expect, it } from 'vitest';
import { createWasm } from '../matrix/wasm.ts';
import { allPacks } from './library/all.ts';
import { Notebook } from './notebook.ts';
import { parse } from './parse/parse.ts';
import { evaluate } from './testing.ts';

const toy = `
using Flux, LinearAlgebra
columns(x) = (x .+ 1) ./ sum(x .+ 1; dims=1)
value(x) = (q = normalize_image(columns(x)); normalize_image(q' * q))
X = [0.7496732026143785 0.2866013071895423 0.6898692810457546
     0.37810457516339835 0.7431372549019608 0.30228758169934633
     0.5151416122004324 0.46699346405228703 0.7214596949891094]
target = copy(X)
target[1:2, 2] = X[2:3, 2]
target[3, 2] = 0
T = value(target)
loss(x) = norm(value(x) - T)
opt = ADAM()
`;

describe('the toy of 3 x 3 with ADAM', () => {
  it('descends with implicit parameters', () => {
    const steps = `ps = Flux.params(X)
losses = [loss(X)]
for t in 1:628
    gs = gradient(() -> loss(X), ps)
    Flux.Optimise.update!(opt, X, gs[X])
    push!(losses, loss(X))
end
losses[[1, 2, 629]]`;
    const { view, text } = evaluate(toy + steps);
    if (view?.kind !== 'matrix') throw new Error(text);
    expect(view.data[0]).toBeCloseTo(1.1058547, 6);
    expect(view.data[1]).toBeCloseTo(1.0901217, 6);
    expect(view.data[2]).toBeCloseTo(0.0009998509, 6);
  });

  it('descends alike with train! and with Optimisers', () => {
    const trained = `Flux.train!(t -> loss(X), Flux.params(X), 1:20, opt; cb = () -> nothing); loss(X)`;
    const today = `state = Optimisers.setup(Optimisers.Adam(0.001), X)
for t in 1:20
    g = gradient(loss, X)[1]
    state, X = Optimisers.update!(state, X, g)
end
loss(X)`;
    expect(evaluate(toy + trained).text).toBe(evaluate(toy + today).text);
  });
});

describe('memory of a long descent on WebAssembly', async () => {
  const engine = await createWasm();

  it.each([
    ['a loop at top level', 'for t in 1:50; update!(opt, X, gradient(loss, X)[1]); end; loss(X)'],
    [
      'a while in a function',
      'f(n) = (t = 0; while t < n; t += 1; gs = gradient(() -> loss(X), params(X)); update!(opt, X, gs[X]); end; loss(X)); f(50)',
    ],
  ])('stays bounded: %s', (_name, loop) => {
    let most = 0;
    const tidy = engine.tidy.bind(engine);
    engine.tidy = (work, keep) => {
      const result = tidy(work, keep);
      most = Math.max(most, engine.memory().buffers);
      return result;
    };
    const book = new Notebook(engine, {}, { packs: allPacks });
    const source = `using Flux
X = rand(128, 128)
T = rand(128, 128)
loss(x) = sum((normalize_image(x' * x) - T) .^ 2)
opt = ADAM()
${loop}`;
    book.setCells([{ id: 'cell', program: parse(source) }]);
    const [report] = book.run();
    engine.tidy = tidy;
    expect(report?.trouble).toBeNull();
    expect(most).toBeLessThan(700);
    expect(engine.memory().buffers).toBeLessThan(40);
  });
});
