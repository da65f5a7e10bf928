/** The author's programs, restated in the subset, give the numbers of the studies (docs/studies.md has the sources). */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadAllPredefined } from '../image/node-pictures.ts';
import { evaluate, numberOf, numbersOf } from './testing.ts';
import type { Setting } from './testing.ts';

interface Known {
  readonly shape: readonly [number, number];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  readonly pixels: readonly (readonly [row: number, col: number, value: number])[];
}

interface Fixture {
  readonly matrices: Readonly<Record<string, Known & { readonly values?: readonly (readonly number[])[] }>>;
  readonly toy: {
    readonly [name in 'X0' | 'P' | 'Q' | 'V' | 'X_target' | 'V_target' | 'grad0']: readonly (readonly number[])[];
  } & {
    readonly loss0: number;
    readonly 'loss_after_X_minus_0.05_grad': number;
    readonly adam_losses: readonly number[];
    readonly plain_product_loss: { readonly value: number; readonly grad: readonly (readonly number[])[] };
  };
  readonly inverse: { readonly npm_losses: readonly number[] };
}

const fixture = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/julia-studies.json', import.meta.url), 'utf8'),
) as Fixture;

let setting: Setting = {};
beforeAll(async () => {
  setting = { pictures: await loadAllPredefined() };
});

const definitions = `
m = mandrill
N(x) = (x .- minimum(x)) ./ (maximum(x) - minimum(x))
C(f, x) = f.(x) ./ sum(f.(x); dims=1)
R(f, x) = f.(x) ./ sum(f.(x); dims=2)
next(x) = x + 1
Q(x) = N(C(next, x))
V(x) = N(Q(x)' * Q(x))
shift(x, y, k) = x + 10 * ((k - 16) / 16) * sin(y / 4)
function warp(im, k)
    n = size(im, 1)
    function look(x, y)
        p = clamp(shift(x, y, k), 1, n)
        a = floor(Int, p)
        b = min(a + 1, n)
        w = p - a
        return (1 - w) * im[a, y] + w * im[b, y]
    end
    [look(x, y) for x in 1:size(im, 1), y in 1:size(im, 2)]
end
warpfloor(im, k) = [im[clamp(floor(Int, shift(x, y, k)), 1, 512), y] for x in 1:512, y in 1:512]
`;

const programs: Record<string, string> = {
  m: 'm',
  raw_product: "m' * m",
  raw_product_N: "normalize_image(m' * m)",
  columns_exp: 'softmax(m; dims=1)',
  columns_exp_N: 'normalize_image(softmax(m; dims=1))',
  columns_exp_product: "A = normalize_image(softmax(m; dims=1)); A' * A",
  columns_exp_product_N: "A = normalize_image(softmax(m; dims=1)); normalize_image(A' * A)",
  rows_exp_N: 'N(R(exp, m))',
  rows_exp_outer_product_N: 'B = normalize_image(softmax(m; dims=2)); normalize_image(B * transpose(B))',
  columns_plus_one_N: 'Q(m)',
  columns_plus_one_product_N: 'V(m)',
  columns_identity_N: 'N(C(identity, m))',
  columns_identity_product_N: "N(N(C(identity, m))' * N(C(identity, m)))",
  signed: 'normalize_image_signed(m)',
  signed_product_N: "S = normalize_image_signed(m); N(S' * S)",
  centred_columns_product_N: "Z = m .- mean(m; dims=1); N(Z' * Z)",
  global_mean_product_N: "G = m .- mean(m); N(G' * G)",
  warp_linear_knob0: 'warp(m, 0)',
  warp_linear_knob8: 'warp(m, 8)',
  warp_linear_knob31: 'warp(m, 31)',
  warp_floor_knob0: 'warpfloor(m, 0)',
  warp_floor_knob8: 'warpfloor(m, 8)',
  warp_floor_knob31: 'warpfloor(m, 31)',
  value_of_warp_knob0: 'V(warp(m, 0))',
  value_of_warp_knob31: 'V(warp(m, 31))',
  warp0_right_only_N: "w = warp(m, 0); N(w' * Q(w))",
  warp0_left_only_N: "w = warp(m, 0); N(Q(w)' * w)",
  resolution_N128_product_N: "H = imresize(Q(m), (128, 512)); N(H' * H)",
  resolution_N1_product_N: "H = imresize(Q(m), (1, 512)); N(H' * H)",
  half_size_float: 'imresize(m, ratio=1/2)',
  rows_exp_128x512_outer_N: "b = N(R(exp, imresize(m, (128, 512)))); N(b * b')",
};

describe('the studies at 512 x 512', () => {
  it.each(Object.entries(programs))('%s: %s', (name, program) => {
    const known = fixture.matrices[name];
    const { view, text } = evaluate(`${definitions}\n${program}`, setting);
    if (!known || view?.kind !== 'matrix') throw new Error(text);
    expect([view.rows, view.cols]).toEqual(known.shape);
    const { cols } = view;
    const data: readonly number[] = Array.from(view.data);
    const near = (value: number, wanted: number): void =>
      expect(Math.abs(value - wanted)).toBeLessThan(1e-9 * Math.max(1, known.max));
    for (const [row, col, value] of known.pixels) near(data[row * cols + col] ?? NaN, value);
    const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
    near(mean, known.mean);
    near(Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length), known.std);
    near(
      data.reduce((a, b) => Math.max(a, b)),
      known.max,
    );
    near(
      data.reduce((a, b) => Math.min(a, b)),
      known.min,
    );
  });
});

const toy = `
${definitions}
X0 = imresize(mandrill, (3, 3))
Xt = copy(X0)
Xt[1:2, 2] = X0[2:3, 2]
Xt[3, 2] = 0
T = V(Xt)
loss(x) = norm(V(x) - T)
function adam(loss, x, steps; rate=0.001)
    m = zeros(size(x))
    v = zeros(size(x))
    losses = Float64[]
    for t in 1:steps
        push!(losses, loss(x))
        g = gradient(loss, x)[1]
        m = 0.9m + 0.1g
        v = 0.999v + 0.001 * g .^ 2
        x = x - rate * (m / (1 - 0.9^t)) ./ (sqrt.(v / (1 - 0.999^t)) .+ 1e-8)
    end
    losses
end
`;

function expectNear(values: readonly number[], wanted: readonly number[], tolerance: number): void {
  expect(values.length).toBe(wanted.length);
  values.forEach((x, k) => expect(Math.abs(x - (wanted[k] ?? NaN))).toBeLessThan(tolerance));
}

describe('the toy of 3 x 3', () => {
  const { toy: known } = fixture;

  it.each([
    ['X0', 'X0'],
    ['P', 'C(next, X0)'],
    ['Q', 'Q(X0)'],
    ['V', 'V(X0)'],
    ['X_target', 'Xt'],
    ['V_target', 'T'],
    ['grad0', 'gradient(loss, X0)[1]'],
  ] as const)('%s', (name, program) => {
    expectNear(numbersOf(`${toy}\n${program}`, setting), known[name].flat(), 1e-12);
  });

  it('has the losses of the study', () => {
    expect(numberOf(`${toy}\nloss(X0)`, setting)).toBeCloseTo(known.loss0, 12);
    const stepped = numberOf(`${toy}\nloss(X0 - 0.05 * gradient(loss, X0)[1])`, setting);
    expect(stepped).toBeCloseTo(known['loss_after_X_minus_0.05_grad'], 12);
  });

  it('has the loss of the plain product and its gradient', () => {
    const program = `${toy}\nplain(x) = norm(x' * x - V(X0))\n`;
    expect(numberOf(`${program}plain(X0)`, setting)).toBeCloseTo(known.plain_product_loss.value, 12);
    expectNear(numbersOf(`${program}gradient(plain, X0)[1]`, setting), known.plain_product_loss.grad.flat(), 1e-12);
  });

  it('goes down as ADAM did', () => {
    expectNear(numbersOf(`${toy}\nadam(loss, X0, 40)`, setting), known.adam_losses, 2e-9);
  });
});

describe('the inverse problem at 512 x 512', () => {
  it('starts as in the study', () => {
    const program = `${toy}\nT512 = V(warp(mandrill, 0))\nadam(x -> norm(V(x) - T512), mandrill, 3)`;
    expectNear(numbersOf(program, setting), fixture.inverse.npm_losses.slice(0, 3), 1e-8);
  });

  it('has a gradient with the warp inside the loss', () => {
    // Derivative along a direction, against a difference quotient.
    const [slope = NaN, quotient = NaN] = numbersOf(
      `${definitions}
      x = imresize(mandrill, (24, 24)); T = V(x)
      loss(x) = norm(V(warp(x, 0)) - T)
      d = [sin(i * j) for i in 1:24, j in 1:24]
      h = 1e-6
      [dot(gradient(loss, x)[1], d), (loss(x + h * d) - loss(x - h * d)) / 2h]`,
      setting,
    );
    expect(Math.abs(slope - quotient)).toBeLessThan(1e-5 * Math.abs(quotient));
  });
});

describe('waves in colour', () => {
  const wave = `
  c = testimage("mandrill")
  cx, cy = 61, 176
  function place(x, y, t)
      s = t / (1 + 0.01t)
      d = hypot(x - cx, y - cy)
      mu = 0.75 + 0.25 * sin(0.8 * d / (t + s + 0.1))
      (cx + mu * (x - cx), cy + mu * (y - cy))
  end
  function look(x, y, t)
      p, q = place(x, y, t)
      a, b = floor(Int, p), floor(Int, q)
      u, v = p - a, q - b
      (1 - u) * ((1 - v) * c[a, b] + v * c[a, b + 1]) + u * ((1 - v) * c[a + 1, b] + v * c[a + 1, b + 1])
  end
  frame = [look(x, y, 0) for x in 1:512, y in 1:512]
  `;

  it('has the check that the author printed', () => {
    const known = [20.573881875697772, 58.09048880411849, 0.4985938636, 0.5778039294, 0.3304450602];
    const program = `${wave}\np = place(1, 1, 0); f = frame[1, 1]; [p[1], p[2], f.r, f.g, f.b]`;
    expectNear(numbersOf(program, setting), known, 1e-10);
  });

  it('takes two centres, and clips at the edge', () => {
    const source = `${wave}
    c2x, c2y = 55, 355
    function two(x, y, t)
        s = t / (1 + 0.01t)
        m1 = 0.75 + 0.25 * sin(hypot(x - cx, y - cy) / (t + s + 0.1))
        m2 = 0.75 + 0.25 * sin(hypot(x - c2x, y - c2y) / (t + s + 0.1))
        p = clamp((cx + c2x) / 2 + (x - cx) * m1 + (x - c2x) * m2, 1, 512)
        q = clamp((cy + c2y) / 2 + (y - cy) * m1 + (y - c2y) * m2, 1, 512)
        (p, q)
    end
    `;
    // Against plain JavaScript at a few places.
    const two = (x: number, y: number, t: number): [number, number] => {
      const s = t / (1 + 0.01 * t);
      const mu = (cx: number, cy: number): number => 0.75 + 0.25 * Math.sin(Math.hypot(x - cx, y - cy) / (t + s + 0.1));
      const [m1, m2] = [mu(61, 176), mu(55, 355)];
      const clip = (v: number): number => Math.min(512, Math.max(1, v));
      return [clip(58 + (x - 61) * m1 + (x - 55) * m2), clip(265.5 + (y - 176) * m1 + (y - 355) * m2)];
    };
    const rows = numbersOf(`${source}[two(x, y, 3)[1] for x in 1:64:512, y in 1:64:512]`, setting);
    const cols = numbersOf(`${source}[two(x, y, 3)[2] for x in 1:64:512, y in 1:64:512]`, setting);
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++) {
        const [p, q] = two(1 + 64 * i, 1 + 64 * j, 3);
        expect(rows[8 * i + j]).toBeCloseTo(p, 10);
        expect(cols[8 * i + j]).toBeCloseTo(q, 10);
      }
    }
  });

  it('has a luma that rounds where colours have 8 bits', () => {
    expect(evaluate('Gray.(testimage("mandrill")) == mandrill', setting).text).toBe('true');
    expect(
      numberOf('c = testimage("mandrill"); maximum(abs.(Gray.(0.5 * c) - mandrill / 2))', setting),
    ).toBeGreaterThan(1e-4);
  });
});
