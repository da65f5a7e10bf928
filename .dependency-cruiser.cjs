/**
 * Who may know whom: lib -> notebook -> components -> {layouts, plugins} -> pages, read from the ground up, with the house (site) beside
 * components; and inside lib only julia -> matrix, attention -> matrix and
 * display -> julia, matrix, image and export -> julia, image, display.
 * The picture of these rooms is in CONTRIBUTING.md; this file and scripts/rooms.ts, which reads .astro files too, keep it true.
 */

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const tests = '\\.test\\.ts$|^tests/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    never(
      'no-circles',
      'Two files that need each other are one file, or three. A value of Julia may hold values, whatever pack or page brings its kind: that type stands in three.',
      { pathNot: '^src/lib/julia/(values|values-page|extension)\\.ts$' },
      { circular: true },
    ),
    never(
      'unresolved',
      'An import must lead somewhere.',
      {},
      { couldNotResolve: true, pathNot: '^(astro:|virtual:)|\\?(raw|url|worker)' },
    ),
    never(
      'lib-looks-down',
      'lib knows no notebook, component, layout, page or plugin.',
      { path: '^src/lib/', pathNot: tests },
      { path: '^(src/(notebook|components|site|layouts|pages|plugins)|scripts)/' },
    ),
    never(
      'notebook-looks-down',
      'A notebook has no screen: it knows lib alone.',
      { path: '^src/notebook/', pathNot: tests },
      { path: '^(src/(components|site|layouts|pages|plugins)|scripts)/' },
    ),
    never(
      'components-look-down',
      'A component knows no layout, page or plugin.',
      { path: '^src/components/', pathNot: tests },
      { path: '^src/(layouts|pages|plugins)/' },
    ),
    never(
      'the-house-stands-alone',
      'The house knows nothing of what articles embed.',
      { path: '^src/site/', pathNot: tests },
      { path: '^src/(lib|notebook|components|layouts|pages|plugins)/' },
    ),
    never(
      'plugins-know-no-component',
      'A plugin writes elements by name.',
      { path: '^src/plugins/', pathNot: tests },
      { path: '^src/(components|site|layouts|pages)/' },
    ),
    never(
      'layouts-look-down',
      'A layout knows no page and no plugin.',
      { path: '^src/layouts/' },
      { path: '^src/(pages|plugins)/' },
    ),
    never(
      'julia-knows-matrix',
      'Of the rooms of lib, julia knows matrix alone.',
      { path: '^src/lib/julia/', pathNot: tests },
      { path: '^src/lib/', pathNot: '^src/lib/(julia|matrix)/' },
    ),
    never(
      'attention-knows-matrix',
      'Of the rooms of lib, attention knows matrix alone.',
      { path: '^src/lib/attention/', pathNot: tests },
      { path: '^src/lib/', pathNot: '^src/lib/(attention|matrix)/' },
    ),
    never(
      'display-knows-values',
      'Of the rooms of lib, display knows julia, matrix and image alone.',
      { path: '^src/lib/display/', pathNot: tests },
      { path: '^src/lib/', pathNot: '^src/lib/(display|julia|matrix|image)/' },
    ),
    never(
      'export-knows-values',
      'Of the rooms of lib, export knows julia, image and display alone.',
      { path: '^src/lib/export/', pathNot: tests },
      { path: '^src/lib/', pathNot: '^src/lib/(export|julia|image|display)/' },
    ),
    never(
      'lib-knows-no-display',
      'Values do not know how they are shown.',
      { path: '^src/lib/', pathNot: `^src/lib/(display|export)/|${tests}` },
      { path: '^src/lib/display/' },
    ),
    ...['matrix', 'scene', 'image'].map((room) =>
      never(
        `${room}-knows-nobody`,
        `${room} stands alone, but for the names of software renderers.`,
        { path: `^src/lib/${room}/`, pathNot: tests },
        { path: '^src/lib/', pathNot: `^src/lib/(${room}/|software-renderer\\.ts$)` },
      ),
    ),
    never(
      'tfjs-in-its-room',
      'Only the tfjs engine and the transformer import tfjs.',
      { path: '^src/', pathNot: `^src/lib/(matrix/tfjs|attention/)|${tests}` },
      { path: 'node_modules/@tensorflow/' },
    ),
    never(
      'no-union-tfjs',
      'The union package costs 282 KB; import core and the kernels used.',
      {},
      { path: 'node_modules/@tensorflow/tfjs/' },
    ),
    never(
      'three-in-its-room',
      'Only scene imports three.',
      { path: '^src/', pathNot: `^src/lib/scene/|${tests}` },
      { path: 'node_modules/(@types/)?three/' },
    ),
    never(
      'no-tests-in-the-site',
      'The site must not depend on its tests.',
      { path: '^src/', pathNot: tests },
      { path: tests },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.astro|\\.cache)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
