/** The attention article's recipe for PyTorch users, run where PyTorch is (Debian: python3-torch). */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const article = readFileSync(new URL('../../content/attention/index.mdx', import.meta.url), 'utf8');
const check = fileURLToPath(new URL('../fixtures/check-recipe.py', import.meta.url));
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import torch']).status === 0);

it('stands once in the article', () => {
  expect(article.match(/^```python$/gm)).toHaveLength(1);
});

it.skipIf(python === undefined)(
  'does what its formulas say (skipped where there is no PyTorch)',
  () => {
    const [, recipe = ''] = /^```python\n([\s\S]*?)^```$/m.exec(article) ?? [];
    const { status, stderr } = spawnSync(python ?? '', [check], { input: recipe, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  },
  60_000,
);
