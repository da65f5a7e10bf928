/**
 * What the editor knows of the library: completion of its names, and a line on each under the pointer. Both read the register,
 * so that what is offered is what there is.
 */

import { autocompletion, snippetCompletion } from '@codemirror/autocomplete';
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, hoverTooltip } from '@codemirror/view';
import { register } from '../../lib/julia/library/register.ts';
import type { Described } from '../../lib/julia/library/register.ts';

/** A name as Julia's grammar has it, up to the cursor. */
const word = /[\p{L}_][\p{L}\p{N}_!]*$/u;
const name = /^[\p{L}_]/u;

const keywords = [
  'begin',
  'break',
  'continue',
  'else',
  'elseif',
  'end',
  'false',
  'for',
  'function',
  'if',
  'let',
  'nothing',
  'return',
  'true',
  'using',
  'while',
].map((label): Completion => ({ label, type: 'keyword', boost: -1 }));

function completionOf({ name: label, signature, doc, kind }: Described): Completion {
  return {
    label,
    type: kind,
    detail: signature.startsWith(label) ? signature.slice(label.length) : signature,
    info: doc,
  };
}

const known: readonly Completion[] = [
  ...register.filter((entry) => name.test(entry.name) && entry.pack !== 'outside').map(completionOf),
  ...keywords.filter(({ label }) => !register.some((entry) => entry.name === label)),
  snippetCompletion('for ${i} in ${1:n}\n    ${}\nend', { label: 'for … end', type: 'keyword', boost: -2 }),
  snippetCompletion('function ${f}(${x})\n    ${}\nend', { label: 'function … end', type: 'keyword', boost: -2 }),
  snippetCompletion('@bind ${x} Slider(${0:0.1:1}, default=${0.5})', {
    label: '@bind … Slider',
    type: 'keyword',
    boost: -2,
  }),
];

/** Names that the text itself uses, the word at the cursor apart. */
function ownNames(context: CompletionContext, typed: string): Completion[] {
  const own = new Set(context.state.doc.toString().match(/[\p{L}_][\p{L}\p{N}_!]*/gu));
  for (const { label } of known) own.delete(label);
  own.delete(typed);
  return [...own].map((label) => ({ label, type: 'variable', boost: 1 }));
}

function inTextOrComment(context: CompletionContext): boolean {
  return /String|Comment|Char/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name);
}

/** Offers names once two letters stand there, or when asked for. */
export function completions(context: CompletionContext): CompletionResult | null {
  const found = context.matchBefore(word);
  if (found === null ? !context.explicit : found.text.length < 2 && !context.explicit) return null;
  if (inTextOrComment(context)) return null;
  return {
    from: found?.from ?? context.pos,
    options: [...known, ...ownNames(context, found?.text ?? '')],
    validFor: /^[\p{L}_][\p{L}\p{N}_!]*$/u,
  };
}

/** What the register says of the name at a place in a line; null where it says nothing. */
export function describedAt(
  line: string,
  at: number,
): { readonly from: number; readonly to: number; readonly entry: Described } | null {
  for (const match of line.matchAll(/[\p{L}_][\p{L}\p{N}_!]*/gu)) {
    const [from, to] = [match.index, match.index + match[0].length];
    if (at < from || at > to) continue;
    const entry = register.find((one) => one.name === match[0]);
    return entry ? { from, to, entry } : null;
  }
  return null;
}

function tipOf({ signature, doc, differentiable }: Described): HTMLElement {
  const tip = document.createElement('div');
  tip.className = 'cell-tip';
  const code = tip.appendChild(document.createElement('code'));
  code.textContent = signature;
  tip.append(` ${doc}${differentiable === 'no' ? ' It has no gradient.' : ''}`);
  return tip;
}

const hover = hoverTooltip((view, position) => {
  const line = view.state.doc.lineAt(position);
  const found = describedAt(line.text, position - line.from);
  if (found === null) return null;
  return {
    pos: line.from + found.from,
    end: line.from + found.to,
    above: true,
    create: () => ({ dom: tipOf(found.entry) }),
  };
});

const look = EditorView.theme({
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    borderRadius: '4px',
    boxShadow: '0 2px 12px rgb(0 0 0 / 0.15)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '14em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { opacity: '0.75', fontStyle: 'normal' },
  '.cm-completionInfo': { padding: '4px 8px', maxWidth: '22em', fontFamily: 'var(--serif)' },
  '.cell-tip': { padding: '4px 8px', maxWidth: '28em', fontFamily: 'var(--serif)' },
});

export function libraryHelp(): Extension {
  return [autocompletion({ override: [completions], icons: false, aboveCursor: false }), hover, look];
}
