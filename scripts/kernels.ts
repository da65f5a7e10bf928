/** `npm run kernels`: compiles the kernels of the trainer and of the engine anew, each to the module beside its sources. Both modules are committed. */
import { writeFile } from 'node:fs/promises';
import { attentionKernels } from '../src/lib/attention/kernels/build.ts';
import { compileKernels, moduleText } from '../src/lib/matrix/kernel-build.ts';
import { matrixKernels } from '../src/lib/matrix/kernels/build.ts';

for (const source of [attentionKernels, matrixKernels]) {
  const compiled = await compileKernels(source);
  await writeFile(source.module, await moduleText(source, compiled));
  const sizes = compiled.map(({ byteLength }) => byteLength).join(' and ');
  console.log(`${source.module.pathname}: ${sizes} bytes of WebAssembly`);
}
