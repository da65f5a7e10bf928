import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/{fidelity,differential}/**/*.test.ts'],
    environment: 'node',
    // Products of 512 x 512 in plain TypeScript, on whatever machine this is.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['src/{notebook,lib}/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['json'],
    },
    tags: [{ name: 'slow', description: 'left out by `npm test`, run by `npm run test:long`' }],
  },
});
