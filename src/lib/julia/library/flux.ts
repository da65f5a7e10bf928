/** Training as the studies have it: Flux 0.12's implicit parameters and optimisers, and today's Optimisers.jl. */

import { assignInto } from '../broadcast.ts';
import { argumentError, methodError } from '../errors.ts';
import { withGradient } from '../derivative/gradient.ts';
import { Grads, Params } from '../derivative/implicit.ts';
import { elements } from '../iterate.ts';
import { live } from '../memory.ts';
import { FluxOptimiser } from '../derivative/optimisers.ts';
import type { OptimiserName, OptimiserSettings } from '../derivative/optimisers.ts';
import { Trained } from '../derivative/optimiser-state.ts';
import type { Runtime } from '../runtime.ts';
import { Arr, Fn, List, Module, Tuple, hostNumber, typeName } from '../values.ts';
import type { Keywords, Value } from '../values.ts';
import { activations } from './activations.ts';
import type { Pack } from './pack.ts';
import { any, entry, noMethod, sequentialOnly } from './table.ts';
import type { Entry } from './table.ts';

/** A constructor: its settings in their order, with Flux's defaults. */
function optimiser(name: OptimiserName, doc: string, defaults: OptimiserSettings): Entry {
  const names = Object.keys(defaults);
  return entry({ name, signature: `${name}(${names.join(', ')})`, doc }, [0, names.length], (rt, args) => {
    const settings = Object.fromEntries(
      names.map((key, k) => {
        const given = args[k];
        const usual = defaults[key] ?? 0;
        if (given === undefined) return [key, usual];
        if (typeof usual === 'number') return [key, rt.number(given, name)];
        if (!(given instanceof Tuple) || given.items.length !== 2) throw methodError(name, args.map(typeName));
        const [first = null, second = null] = given.items;
        return [key, [rt.number(first, name), rt.number(second, name)] as const];
      }),
    );
    if (name === 'AdamW' && settings['decay'] !== 0)
      throw argumentError(
        'AdamW with a decay differs between versions of Optimisers.jl; ADAMW(η, β, decay) is the one of Flux 0.12',
      );
    return new FluxOptimiser(name, settings);
  });
}

/** x .-= step, where x's gradient is g. The step is written over the gradient, as Flux 0.12 does. */
function updateArray(rt: Runtime, opt: FluxOptimiser, x: Value, g: Value): Value {
  if (g === null) return x;
  if (!(x instanceof Arr) || !(g instanceof Arr)) throw methodError('update!', [opt, x, g].map(typeName));
  const step = opt.step(rt, rt.node(x), rt.node(g), opt.memoryOf(x));
  rt.overwrite(g, step);
  const next = rt.ops.binary('sub', rt.node(x), step);
  assignInto(rt, x, new Arr(g.eltype, x.ndims, next, x.rows, x.cols));
  return x;
}

function update(rt: Runtime, args: readonly Value[]): Value {
  sequentialOnly(rt, 'update!');
  const [first = null, x = null, g = null] = args;
  if (first instanceof Trained && args.length === 3) return first.updated(rt, x, g, true);
  if (first instanceof FluxOptimiser && x instanceof Params && g instanceof Grads) {
    for (const a of x.arrays) updateArray(rt, first, a, g.of(a));
    return null;
  }
  if (first instanceof FluxOptimiser && args.length === 3) return updateArray(rt, first, x, g);
  throw methodError('update!', args.map(typeName));
}

/** loss(d...) for every d in data, a step after each. */
function train(rt: Runtime, args: readonly Value[], keywords: Keywords): Value {
  sequentialOnly(rt, 'train!');
  const [loss = null, model = null, data = null, opt = null] = args;
  const callbacks = keywords.get('cb');
  const calls = callbacks === undefined ? [] : callbacks instanceof List ? callbacks.items : [callbacks];
  const step = (d: Value): void => {
    const inputs = d instanceof Tuple ? [...d.items] : [d];
    if (opt instanceof Trained) {
      const { gradients } = withGradient(rt, new Fn('loss', ([m = null]) => rt.call(loss, [m, ...inputs]), false), [
        model,
      ]);
      opt.updated(rt, model, gradients[0] ?? null, true);
    } else {
      const params = model instanceof Params ? model : new Params(rt, [model]);
      const { gradient } = params.gradientOf(new Fn('loss', () => rt.call(loss, [...inputs]), false));
      update(rt, [opt, params, gradient]);
    }
    for (const call of calls) rt.call(call, []);
  };
  for (const d of elements(rt, data)) {
    rt.meter.tick();
    rt.engine.tidy(
      () => {
        step(d);
        rt.settleChecks();
      },
      () => live(rt, null, [...args, ...calls]),
    );
  }
  return null;
}

/** f, but not again within so many seconds. */
function throttle(rt: Runtime, f: Value, seconds: number): Fn {
  let last = -Infinity;
  return new Fn(
    'throttled',
    (args) => {
      const now = performance.now();
      if (now - last < seconds * 1000) return null;
      last = now;
      return rt.call(f, args);
    },
    false,
    { slots: [f], parent: null, mask: null, level: 0 },
  );
}

const entries: readonly Entry[] = [
  entry(
    { name: 'params', signature: 'params(xs...)', doc: 'The arrays in xs, for gradient(() -> loss(), ps).' },
    any,
    (rt, args) => new Params(rt, args),
  ),
  entry(
    { name: 'Params', signature: 'Params(xs)', doc: 'The arrays in xs, as params.' },
    [1, 1],
    (rt, args) => new Params(rt, args),
  ),
  entry(
    {
      name: 'update!',
      signature: 'update!(opt, x, g)',
      doc: 'Changes x along its gradient; with a state from setup, gives the state and x.',
      examples: [
        ['x = [1.0, 2.0]; update!(Descent(0.1), x, [1.0, 1.0]); x', '2-element Vector{Float64}: 0.9 1.9'],
        [
          'x = [1.0, 2.0]; ps = params(x); gs = gradient(() -> sum(x .^ 2), ps); update!(Descent(0.25), ps, gs); x',
          '2-element Vector{Float64}: 0.5 1.0',
        ],
      ],
    },
    [2, 3],
    update,
  ),
  entry(
    { name: 'update', signature: 'update(state, x, g)', doc: 'A new state and a new x, one step along the gradient.' },
    [3, 3],
    (rt, args) => {
      const [state, x = null, g = null] = args;
      if (!(state instanceof Trained)) throw noMethod('update', args);
      return state.updated(rt, x, g, false);
    },
  ),
  entry(
    {
      name: 'setup',
      signature: 'setup(opt, x)',
      doc: 'What an optimiser is to remember of the arrays in x, for update!.',
      examples: [
        [
          'x = [1.0, 2.0]; s = Optimisers.setup(Optimisers.Descent(0.5), x); s, x = Optimisers.update!(s, x, [1.0, 2.0]); x',
          '2-element Vector{Float64}: 0.5 1.0',
        ],
      ],
    },
    [2, 2],
    (_rt, args) => {
      const [opt, x = null] = args;
      if (!(opt instanceof FluxOptimiser)) throw noMethod('setup', args);
      return new Trained(opt, x);
    },
  ),
  entry(
    {
      name: 'train!',
      signature: 'train!(loss, ps, data, opt; cb)',
      doc: 'A step of the optimiser for every d in data, by the gradient of loss(d...).',
      examples: [
        [
          'using Flux; x = [4.0]; Flux.train!(d -> sum((x .- d) .^ 2), params(x), [1.0, 1.0, 1.0], Descent(0.5)); x',
          '1-element Vector{Float64}: 1.0',
        ],
      ],
    },
    [4, 4],
    train,
  ),
  entry(
    { name: 'throttle', signature: 'throttle(f, seconds)', doc: 'f, but not again within so many seconds.' },
    [2, 2],
    (rt, [f = null, seconds = null]) => throttle(rt, f, hostNumber(rt.settle(seconds)) ?? 0),
  ),
  optimiser('Descent', 'Plain gradient descent.', { eta: 0.1 }),
  optimiser('Momentum', 'Gradient descent with momentum.', { eta: 0.01, rho: 0.9 }),
  optimiser('Nesterov', 'Gradient descent with Nesterov’s momentum.', { eta: 0.001, rho: 0.9 }),
  optimiser('RMSProp', 'Steps scaled by the running mean of squares.', { eta: 0.001, rho: 0.9 }),
  optimiser('ADAGrad', 'Steps scaled by the sum of squares.', { eta: 0.1 }),
  optimiser('ADAM', 'Adam: steps by the bias-corrected first and second moments.', { eta: 0.001, beta: [0.9, 0.999] }),
  optimiser('Adam', 'Adam: steps by the bias-corrected first and second moments.', { eta: 0.001, beta: [0.9, 0.999] }),
  optimiser('ADAMW', 'Adam with decay of the weights, as Flux 0.12 has it.', {
    eta: 0.001,
    beta: [0.9, 0.999],
    decay: 0,
  }),
  optimiser('AdamW', 'Adam; a decay of the weights is refused, since versions differ.', {
    eta: 0.001,
    beta: [0.9, 0.999],
    decay: 0,
  }),
  ...activations,
];

export const pack: Pack = {
  entries,
  values: () => new Map(['Optimise', 'Optimisers', 'Losses'].map((name) => [name, new Module(name)])),
};
