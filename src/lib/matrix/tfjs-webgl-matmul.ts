import { MatMulPackedProgram } from '@tensorflow/tfjs-backend-webgl/dist/mulmat_packed_gpu.js';
import { useShapeUniforms } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import { prelude } from './tfjs-webgl-scalar.ts';

/** The rank-3 product of tfjs, for one pair. */
export function productProgram(rows: number, inner: number, cols: number): GPGPUProgram {
  return new MatMulPackedProgram([1, rows, inner], [1, inner, cols], [1, rows, cols]);
}

/**
 * `coarse(sum, size)`: the centre of a row or column from the sums of its elements and of their squares, as `coarse`
 * of tfjs-centre.ts; 0 for what is not finite.
 */
const coarse = `
  float coarse(float sum, float squares) {
    float mean = sum / float(inner);
    float grid = uintBitsToFloat(floatBitsToUint(abs(mean)) & 0x7f800000u) * 0.0625;
    return finite(squares) && grid > 0. && 2. * mean * sum > squares ? floor(mean / grid + 0.5) * grid : 0.;
  }
`;

class Centring implements GPGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly userCode: string;
  readonly customUniforms = [{ name: 'inner', type: 'int' as const }];
  readonly enableShapeUniforms = useShapeUniforms(2);
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly supportsBroadcasting = true;
  constructor(rows: number, cols: number, inputs: string[], code: string) {
    this.outputShape = [rows, cols];
    this.variableNames = inputs;
    this.userCode = prelude + coarse + code;
  }
}

/**
 * A factor less the centres of its rows (left) or columns (right), S and Z being their sums and sums of squares; zero in the lane beyond an odd edge,
 * which the product would read. With `centre` false only the latter. Uniform: the shared dimension.
 */
export function factorProgram(side: 'left' | 'right', centre: boolean, rows: number, cols: number): GPGPUProgram {
  const edge = side === 'left' ? 'if (rc.y + 1 >= inner) v.yw = vec2(0.);' : 'if (rc.x + 1 >= inner) v.zw = vec2(0.);';
  const subtract = `
    vec4 s = getSAtOutCoords();
    vec4 z = getZAtOutCoords();
    v -= vec4(coarse(s.x, z.x), coarse(s.y, z.y), coarse(s.z, z.z), coarse(s.w, z.w));`;
  const code = `
    void main() {
      ivec2 rc = getOutputCoords();
      vec4 v = getAAtOutCoords();
      ${centre ? subtract : ''}
      ${edge}
      setOutput(v);
    }`;
  return new Centring(rows, cols, centre ? ['A', 'S', 'Z'] : ['A'], code);
}

/**
 * Adds to the product C of the centred factors what centring took away (see `matmulCentred`): R and P are the row sums and sums of squares of
 * A, S and Z those of the columns of B. A row or a column that is not finite was not centred alone, so there the product is done over.
 */
export function combineProgram(rows: number, cols: number): GPGPUProgram {
  const code = `
    float plain(int r, int c) {
      float total = 0.;
      for (int k = 0; k < inner; k++) {
        vec4 a = getA(r, k);
        vec4 b = getB(k, c);
        vec2 pair = (r & 1) == 0 ? a.xy : a.zw;
        vec2 column = (c & 1) == 0 ? b.xz : b.yw;
        total += (k & 1) == 0 ? pair.x * column.x : pair.y * column.y;
      }
      return total;
    }
    float cell(int r, int c, float product, float rowSum, float rowSquares, float colSum, float colSquares) {
      if (!finite(rowSquares) || !finite(colSquares)) return plain(r, c);
      float a = coarse(rowSum, rowSquares);
      float b = coarse(colSum, colSquares);
      return product + (a * colSum + (rowSum - float(inner) * a) * b);
    }
    void main() {
      ivec2 rc = getOutputCoords();
      vec4 v = getCAtOutCoords();
      vec4 x = getRAtOutCoords();
      vec4 p = getPAtOutCoords();
      vec4 y = getSAtOutCoords();
      vec4 z = getZAtOutCoords();
      setOutput(vec4(
        cell(rc.x, rc.y, v.x, x.x, p.x, y.x, z.x),
        cell(rc.x, rc.y + 1, v.y, x.y, p.y, y.y, z.y),
        cell(rc.x + 1, rc.y, v.z, x.z, p.z, y.z, z.z),
        cell(rc.x + 1, rc.y + 1, v.w, x.w, p.w, y.w, z.w)));
    }`;
  return new Centring(rows, cols, ['C', 'R', 'P', 'S', 'Z', 'A', 'B'], code);
}
