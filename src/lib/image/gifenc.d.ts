/** The part of gifenc that this room uses; the package brings no types. */
declare module 'gifenc' {
  export interface GifStream {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { palette?: readonly (readonly number[])[]; repeat?: number; delay: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }
  export function GIFEncoder(): GifStream;
}
