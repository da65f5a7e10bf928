import { configDefaults, defineConfig } from 'vitest/config';

/** Folders whose tests leave nothing behind for the next file: they share one worker, and load the library once. */
const shared = [
  'src/{components,notebook,site}/**/*.test.ts',
  'src/lib/display/**/*.test.ts',
  'src/lib/image/*.test.ts',
  'src/lib/julia/{library,parse,show}/**/*.test.ts',
];

export default defineConfig({
  test: {
    environment: 'node',
    // Products of 512 x 512 in plain TypeScript, on whatever machine this is.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['src/{notebook,lib}/**/*.ts'],
      // The kernels' sources run as WebAssembly, where nothing counts them.
      exclude: ['**/*.test.ts', 'src/lib/{attention,matrix}/kernels/**'],
      reporter: ['json'],
    },
    tags: [{ name: 'slow', description: 'left out by `npm test`, run by `npm run test:long`' }],
    projects: [
      { extends: true, test: { name: 'shared', include: shared, isolate: false } },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/{fidelity,differential,fuzz}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...shared],
        },
      },
    ],
  },
});
