/** What `\name` and Tab write, as in Julia's own prompt: Greek letters, and signs that programs here use. */

const letters =
  'alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω';
const signs =
  'le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ in ∈ notin ∉ div ÷ cdot ⋅ times × circ ∘ sqrt √ partial ∂ nabla ∇ infty ∞ ell ℓ euler ℯ prime ′';
const raised = 'T ᵀ 0 ⁰ 1 ¹ 2 ² 3 ³ 4 ⁴ 5 ⁵ 6 ⁶ 7 ⁷ 8 ⁸ 9 ⁹';
const lowered = '0 ₀ 1 ₁ 2 ₂ 3 ₃ 4 ₄ 5 ₅ 6 ₆ 7 ₇ 8 ₈ 9 ₉ i ᵢ j ⱼ';

const symbols: ReadonlyMap<string, string> = new Map([
  ...pairs(letters),
  ...pairs(signs),
  ...pairs(raised, '^'),
  ...pairs(lowered, '_'),
  ['hat', '\u0302'],
  ['bar', '\u0304'],
  ['tilde', '\u0303'],
]);

function pairs(list: string, mark = ''): [string, string][] {
  const words = list.split(' ');
  return words.flatMap((word, k): [string, string][] => (k % 2 === 0 ? [[mark + word, words[k + 1] ?? '']] : []));
}

/** The sign for the name that ends a line's text, and how much of the text it replaces; null where there is none. */
export function symbolBefore(text: string): { readonly sign: string; readonly length: number } | null {
  const found = /\\([A-Za-z]+|[\^_][A-Za-z\d])$/.exec(text);
  const sign = found === null ? undefined : symbols.get(found[1] ?? '');
  return found === null || sign === undefined ? null : { sign, length: found[0].length };
}
