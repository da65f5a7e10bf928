import type { Plugin } from 'vite';

/** Loaders of parts that nobody waits for. */
const patient = /(PageState|Header|Search|Try|Animation)\.astro/;

/**
 * A loader names every file that its part will need, so that all come at once. Where nobody waits for the part, the list costs every page
 * more than it ever saves. Set late: Astro replaces what a configuration says of this.
 */
export function leanLoaders(): Plugin {
  return {
    name: 'lean-loaders',
    configResolved(config) {
      const client = config.environments['client'];
      for (const build of [config.build, ...(client === undefined ? [] : [client.build])])
        build.modulePreload = {
          polyfill: false,
          resolveDependencies: (_file, files, { hostId }) =>
            patient.test(hostId) ? files.filter((file) => file.endsWith('.css')) : files,
        };
    },
  };
}
