/** The editor of a cell, and the parser: loaded on the first edit, together. */

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { julia } from '@plutojl/lang-julia';
import type { Program } from '../../lib/julia/ast.ts';
import { parse } from '../../lib/julia/parse/parse.ts';
import { toTrouble } from '../../lib/julia/source.ts';
import type { Trouble } from '../../lib/julia/view.ts';
import { libraryHelp } from './completion.ts';
import { symbolBefore } from './symbols.ts';

/** Reads a text; an error is Julia's, with its place. */
export function read(source: string): { program: Program } | { trouble: Trouble } {
  try {
    return { program: parse(source) };
  } catch (error) {
    return { trouble: toTrouble(error, source) };
  }
}

export interface EditorEvents {
  readonly run: () => void;
  readonly leave: () => void;
  readonly change: (source: string) => void;
}

export interface Editor {
  readonly source: () => string;
  readonly set: (source: string) => void;
  readonly mark: (range: { from: number; to: number } | null) => void;
  readonly focus: () => void;
  readonly close: () => void;
}

const setMark = StateEffect.define<{ from: number; to: number } | null>();

const wrong = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMark)) {
        const length = transaction.state.doc.length;
        const from = Math.min(effect.value?.from ?? 0, length);
        const to = Math.min(Math.max(effect.value?.to ?? 0, from + 1), length);
        const start = from === to ? Math.max(0, from - 1) : from;
        next =
          effect.value === null || length === 0
            ? Decoration.none
            : Decoration.set([Decoration.mark({ class: 'cell-wrong' }).range(start, to)]);
      }
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword],
    color: 'var(--code-keyword)',
  },
  { tag: [tags.number, tags.integer, tags.float, tags.bool], color: 'var(--code-number)' },
  { tag: [tags.string, tags.character, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--code-comment)', fontStyle: 'italic' },
  {
    tag: [tags.function(tags.variableName), tags.macroName, tags.definition(tags.function(tags.variableName))],
    color: 'var(--code-function)',
  },
  { tag: [tags.operator, tags.punctuation], color: 'var(--code-operator)' },
]);

const look = EditorView.theme({
  '&': { fontSize: 'inherit', backgroundColor: 'transparent', color: 'inherit' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: 'inherit' },
  '.cm-content': { padding: '0', caretColor: 'currentColor' },
  '.cm-line': { padding: '0' },
  '.cm-placeholder': { color: 'var(--ink-soft)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-cursor': { borderLeftColor: 'currentColor' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklab, var(--accent, #0a5ca3) 25%, transparent)',
  },
});

/** Tab after `\alpha` writes α; anywhere else it moves on. */
function writeSymbol(view: EditorView): boolean {
  const { state } = view;
  const { head, empty } = state.selection.main;
  const line = state.doc.lineAt(head);
  const found = empty ? symbolBefore(line.text.slice(0, head - line.from)) : null;
  if (found === null) return false;
  const from = head - found.length;
  view.dispatch(
    state.update({ changes: { from, to: head, insert: found.sign }, selection: { anchor: from + found.sign.length } }),
  );
  return true;
}

/** Opens an editor inside `parent`. Shift-Enter runs, Escape leaves; Tab moves on, so that the keyboard is never caught. */
export function openEditor(
  parent: HTMLElement,
  source: string,
  words: { readonly label: string; readonly invitation: string },
  events: EditorEvents,
): Editor {
  const run = (): boolean => {
    events.run();
    return true;
  };
  const leave = (): boolean => {
    events.leave();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: source,
      extensions: [
        keymap.of([
          { key: 'Shift-Enter', run },
          { key: 'Mod-Enter', run },
          { key: 'Escape', run: leave },
          { key: 'Tab', run: writeSymbol },
        ]),
        history(),
        julia(),
        indentUnit.of('    '),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        libraryHelp(),
        syntaxHighlighting(colours),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.lineWrapping,
        ...(words.invitation === '' ? [] : [placeholder(words.invitation)]),
        EditorView.contentAttributes.of({ 'aria-label': words.label, spellcheck: 'false', autocapitalize: 'off' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) events.change(update.state.doc.toString());
        }),
        wrong,
        look,
      ],
    }),
  });
  return {
    source: () => view.state.doc.toString(),
    set: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark: (range) => view.dispatch({ effects: setMark.of(range) }),
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}
