import type { Plugin } from 'vite';

/** Where a package stands, of the address of one of its modules. */
const packageFolder = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/@]+)\//;

/** A Vite plugin that notes the folder of every npm package from which code goes to the reader. */
export function bundledPackages(folders: Set<string>): Plugin {
  return {
    name: 'bundled-packages',
    apply: 'build',
    generateBundle(_, bundle) {
      // Astro's own part runs at build.
      if (this.environment.name !== 'client') return;
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const id of file.moduleIds) {
          const folder = packageFolder.exec(id.replace('\0', ''))?.[1];
          if (folder !== undefined) folders.add(folder);
        }
      }
    },
  };
}
