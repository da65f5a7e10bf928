/**
 * Writes the compact Fashion-MNIST file that the site ships: `node scripts/fashion-data.ts` (needs the Debian package, see
 * `fashion-source.ts`). 10,000 training, 500 validation and 1,500 test pictures, in the order of the originals.
 * The file is raw deflate of all labels, then all pictures; a README beside it tells licence and checksums.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { SHIPPED } from '../src/lib/attention/tasks/fashion.ts';
import { part, readFashion } from './fashion-source.ts';

const folder = new URL('../public/data/', import.meta.url);
const all = await readFashion(SHIPPED.train);
const parts = [all.train, part(all.validation, 0, SHIPPED.validation), all.probe];
const content = Buffer.concat([...parts.map((p) => p.labels), ...parts.map((p) => p.pixels)]);
const packed = deflateRawSync(content, { level: 9, memLevel: 9 });
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const readme = `# Data served with the site

## fashion-mnist-14.bin

12,000 pictures of Fashion-MNIST (Han Xiao, Kashif Rasul, Roland Vollgraf, 2017, arXiv 1708.07747), halved from 28 x 28 to
14 x 14 pixels by the mean of each 2 x 2 block, 8 bits. Made by \`node scripts/fashion-data.ts\` from the official idx files
as Debian packages them (\`dataset-fashion-mnist\`).

| pictures | count | from |
| --- | --- | --- |
| training | ${SHIPPED.train} | training set, first ${SHIPPED.train} |
| validation | ${SHIPPED.validation} | training set, from 55,000 on |
| test | ${SHIPPED.probe} | test set, first ${SHIPPED.probe} |

Format: raw deflate of 12,000 labels (one byte, 0 to 9, in the order of the table), then 12,000 pictures of 196 bytes, row by row.

* file: ${packed.length} bytes, SHA-256 \`${sha(packed)}\`
* inflated: ${content.length} bytes, SHA-256 \`${sha(content)}\`

Licence: MIT. Copyright (c) 2017 Zalando SE, https://tech.zalando.com

> Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
> files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
> modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
> is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be
> included in all copies or substantial portions of the Software.
>
> THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
> OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
> LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
> CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

await mkdir(folder, { recursive: true });
await writeFile(new URL('fashion-mnist-14.bin', folder), packed);
await writeFile(new URL('README.md', folder), readme);
console.log(`fashion-mnist-14.bin: ${packed.length} bytes (${content.length} inflated)`);
