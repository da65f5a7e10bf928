/** What articles say in words of their cells, as Julia that is true in the page's own notebook. */
import { describe, expect, it } from 'vitest';
import { loadAllPredefined } from '../../src/lib/image/node-pictures.ts';
import { upstream } from '../../src/lib/julia/graph.ts';
import { allPacks } from '../../src/lib/julia/library/all.ts';
import { Notebook } from '../../src/lib/julia/notebook.ts';
import { parse } from '../../src/lib/julia/parse/parse.ts';
import { ReferenceEngine } from '../../src/lib/matrix/reference.ts';
import { cellsOf } from './articles.ts';

/** The value of an expression beside the cells of an article, with controls set; an error's words where something fails. */
async function valueOf(article: string, source: string, controls: Readonly<Record<string, number>>): Promise<unknown> {
  const programs = [...cellsOf(article).filter(({ options }) => !options.error), { id: 'claim', source }].map(
    ({ id, source: text }) => ({ id, program: parse(text) }),
  );
  const notebook = new Notebook(new ReferenceEngine(), await loadAllPredefined(), { packs: allPacks });
  notebook.setCells(programs);
  for (const [name, value] of Object.entries(controls)) notebook.setBound(name, value);
  const reports = notebook.run(new Set(upstream(programs, ['claim'])));
  const failed = reports.find(({ trouble }) => trouble !== null);
  if (failed?.trouble != null) return `${failed.id}: ${failed.trouble.message}`;
  const view = reports.find(({ id }) => id === 'claim')?.view;
  return view?.kind === 'text' ? view.text : view;
}

type Claim = readonly [words: string, holds: string, controls?: Readonly<Record<string, number>>];

const CLAIMS: Readonly<Record<string, readonly Claim[]>> = {
  mechanism: [
    ['centring one factor suffices', 'maximum(abs.(one_centred - covariance)) < 1e-11'],
    [
      'softmax on the left less its mean is as good as both; without subtracting it is not',
      'cor(vec((L .- 1 / n) * mandrill), vec(L * R)) > 0.998 && cor(vec(L * mandrill), vec(L * R)) < 0.6',
    ],
    [
      'the first layer of the raw product is near the plaid, and not it',
      '0.01 < norm(first_layer(product) - plaid) / norm(plaid) < 0.03',
    ],
    [
      'with the softmax alone the first layer is not the constant',
      'maximum(abs.(n .* layer .- 1)) > 0.005',
      { sweeps: 0 },
    ],
    [
      'doubly stochastic, the first layer is the constant and the rest the covariance',
      "maximum(abs.(n .* layer .- 1)) < 1e-11 && maximum(abs.((P - layer) - (doubly(L, sweeps) .- 1 / n) * (doubly(R', sweeps)' .- 1 / n))) < 1e-14",
      { sweeps: 8 },
    ],
    ['the picture of the sweeps is another', 'cor(vec(P), vec(L * R)) < 0.9', { sweeps: 8 }],
    [
      'chi-square stands on the diagonal, and bounds the rest',
      "maximum(abs.(chi2 .- [excess[b, b] for b in 1:512])) < 1e-12 && maximum(abs.(excess) ./ sqrt.(chi2 * chi2')) < 1 + 1e-9",
    ],
    [
      'the weave is not the doubly centred Gram matrix',
      'cor(vec(inner_centred), vec(L2 * R)) > 0.99 && cor(vec(outer_centred), vec(L2 * R)) < 0.95',
    ],
    [
      'bands are nearly all of the left-only picture',
      'var(ones(512) * mean(mandrill; dims=1)) / var(sharp * mandrill) > 0.9',
      { beta: 1 },
    ],
    [
      'a sharp softmax leaves few bands',
      'var(ones(512) * mean(mandrill; dims=1)) / var(sharp * mandrill) < 0.15',
      { beta: 64 },
    ],
    ['the bound holds', "maximum(abs.((sharp .- 1 / n) * mandrill) ./ (distance * span')) <= 1", { beta: 64 }],
    [
      'Efficient Attention with softmaxed values is 1/N plus a cross-covariance memory',
      "maximum(abs.(queries * (keys' * given) .- (1 / 64 .+ queries * (keys' * centre(given))))) < 1e-14",
    ],
  ],
  signed: [
    [
      'signing lowers the share of the plaid in two products and raises it in one',
      "s(x) = normalize_image_signed(x); plaid_share(s(mandrill)', s(mandrill)) < plaid_share(mandrill', mandrill) && plaid_share(s(airplane), s(mandrill)) < plaid_share(airplane, mandrill) && plaid_share(s(airplane)', s(airplane)) > 1 > plaid_share(airplane', airplane)",
    ],
    [
      'signing takes two of four further away',
      'mm.signed > mm.raw && am.signed > am.raw && aa.signed < aa.raw && ma.signed < ma.raw',
    ],
    ['the grid misses the peak', 'maximum(one_for_all) < mm.mean'],
  ],
  scale: [
    [
      'the spread of the factor is larger than that of the distributed picture',
      'spread(x) = std(sum(imresize(x, (128, 512)); dims=1)) / mean(sum(imresize(x, (128, 512)); dims=1)); 2 * spread(distribute(mandrill)) < spread(Q)',
    ],
  ],
  'softmax-variants': [
    [
      'the picture brightens fast at first, and ever more slowly',
      'grey(t) = mean(product_of(mandrill .+ t)); grey(0.1) - grey(0) > 0.01 && grey(1) - grey(0.1) > 0.02 && (grey(0.1) - grey(0)) / 0.1 > (grey(1) - grey(0.1)) / 0.9 > (grey(4) - grey(1)) / 3 > 0',
    ],
  ],
  inverse: [
    [
      'ADAM moves a pixel by about the rate and no more, and the solution is far away',
      'largest_change(solution) > 40 && largest_change(adam(toy, X0, 501)[1]) < 501 * 0.001 && largest_change(adam(toy, X0, 501; rate=0.01)[1]) < 501 * 0.01 && toy(solution) < 1e-12',
    ],
  ],
  attention: [
    ['the constant is most of what attention hands on', '0.7 < norm(ones(N, 16))^2 / norm(A * (N .* S))^2 < 0.85'],
    [
      'the common vector is a smaller part than the bands of the picture',
      'norm(ones(N) * mean(V; dims=1))^2 / norm(A * V)^2 < 0.3',
    ],
    ['the second order is nearer at small sigma', 'apart(bent) < apart(shadow) / 4', { sigma: 0.3 }],
    ['at the size that values have, both are poor', 'apart(bent) > 0.3 && apart(shadow) > 0.3', { sigma: 1.4 }],
  ],
};

describe.each(Object.entries(CLAIMS))('%s', (article, claims) => {
  it.each(claims.map(([words, holds, controls = {}]) => ({ words, holds, controls })))(
    '$words',
    async ({ holds, controls }) => {
      expect(await valueOf(article, holds, controls)).toBe('true');
    },
  );
});
