// @ts-check
import { defineConfig, globalIgnores } from 'eslint/config';
import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';

/** Names that only components may say: a room below them must run in a worker and in Node. */
const domGlobals = ['document', 'window', 'localStorage', 'sessionStorage', 'HTMLElement', 'customElements', 'alert'];

export default defineConfig(
  globalIgnores(['dist/', '.astro/', '.cache/', 'coverage/', 'test-results/', 'playwright-report/']),
  {
    files: ['**/*.ts'],
    ignores: ['src/lib/{attention,matrix}/kernels/**'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // `typeof import('./live.ts')` is how the loaders name what they load on demand.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `record['key']` is how the compiler's index signatures are read here, and dot access where a type names the property.
      '@typescript-eslint/dot-notation': 'off',
      'no-console': ['error', { allow: ['warn', 'error', 'debug'] }],
      'no-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['warn', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/lib/**/*.ts'],
    ignores: ['**/*.test.ts', 'src/lib/scene/**'],
    rules: { 'no-restricted-globals': ['error', ...domGlobals] },
  },
  {
    // Programs talk to a terminal.
    files: ['scripts/**/*.ts', 'tests/**/*.ts', '**/*.test.ts', '**/parity-cases.ts'],
    // A table of cases is as long as it is.
    rules: { 'no-console': 'off', 'max-lines': 'off' },
  },
  {
    // AssemblyScript: its types are not TypeScript's, so that it is only parsed. Its own compiler checks it.
    files: ['src/lib/{attention,matrix}/kernels/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    // Generated.
    files: ['src/lib/{attention,matrix}/kernels.wasm.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Outside an .astro file, the type of an imported .astro component is known to `astro check` alone.
    files: ['src/layouts/embeddable.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  astro.configs['flat/recommended'],
);
