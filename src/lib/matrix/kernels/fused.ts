/** The product alone, compiled with relaxed SIMD: a multiplication and an addition are one instruction, rounded once, where the processor has it. */
export { product } from './product';
