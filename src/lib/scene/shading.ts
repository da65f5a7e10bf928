import { Color, DoubleSide, FrontSide, GLSL3, RawShaderMaterial } from 'three';
import type { IUniform } from 'three';
import type { Rgb } from './palette.ts';

/**
 * GLSL that fetches an entry of a `MatrixTexture`. Entries arrive rescaled to [0, 1]; `round(255 v)` picks the palette's
 * entry, so that a grey level on screen is the one a flat picture shows. Below zero means "not a number": drawn as a hatch.
 */
export const ENTRY = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;
uniform sampler2D map;
uniform vec2 size; // cols, rows

float entry(ivec2 at) {
  return texelFetch(map, clamp(at, ivec2(0), ivec2(size) - 1), 0).r;
}

`;

/** What stands where an entry is not a number. */
export const HATCH = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;
vec3 hatch() {
  return mod(floor((gl_FragCoord.x + gl_FragCoord.y) / 3.0), 2.0) < 0.5 ? vec3(0.75, 0.1, 0.55) : vec3(0.95);
}
`;

/** How much of a line of one matrix row (or column), at least `thick` screen pixels, covers a point. */
export const LINE_COVER = /* glsl */ `
float lineCover(float at, float line, float footprint, float thick) {
  float halfWidth = max(0.5, footprint * thick * 0.5);
  return 1.0 - smoothstep(halfWidth - footprint * 0.5, halfWidth + footprint * 0.5, abs(at - line - 0.5));
}
`;

/** `ENTRY` and colours: for fragment shaders. A processor runs both sides of a branch, so there are none. */
export const PICTURE = /* glsl */ `${HATCH}${ENTRY}${LINE_COVER}
uniform sampler2D palette;

// Whole pixels where they are enlarged; the mean of four entries where several fall on one pixel of the screen.
vec3 pictureAt(vec2 at, vec2 footprint) {
  vec2 reach = max(footprint.x, footprint.y) <= 1.0 ? vec2(0.0) : footprint * 0.25;
  vec4 four = vec4(entry(ivec2(at - reach)), entry(ivec2(at + vec2(reach.x, -reach.y))), entry(ivec2(at + vec2(-reach.x, reach.y))), entry(ivec2(at + reach)));
  float lowest = min(min(four.x, four.y), min(four.z, four.w));
  vec3 tone = texelFetch(palette, ivec2(int(clamp(dot(four, vec4(0.25)), 0.0, 1.0) * 255.0 + 0.5), 0), 0).rgb;
  return lowest < -0.5 ? hatch() : tone;
}
`;

/** Colours of a view, read from the page's custom properties by whoever owns the page. */
export interface PaletteColours {
  readonly left: Rgb;
  readonly right: Rgb;
  readonly product: Rgb;
  readonly mean: Rgb;
  readonly covariance: Rgb;
  /** Outlines and whatever is not there yet. */
  readonly rule: Rgb;
}

/** A material of our own shaders, with premultiplied alpha, since the canvas lies on the page's paper. */
export function shaded(
  vertexShader: string,
  fragmentShader: string,
  uniforms: Record<string, IUniform>,
  options: { readonly transparent?: boolean; readonly depthWrite?: boolean; readonly doubleSided?: boolean } = {},
): RawShaderMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms,
    transparent: options.transparent ?? false,
    depthWrite: options.depthWrite ?? true,
    premultipliedAlpha: true,
    side: options.doubleSided === false ? FrontSide : DoubleSide,
  });
}

/** Sets a colour uniform to sRGB bytes as they are: the shaders write sRGB themselves. */
export function setColour(uniform: IUniform<Color>, [red, green, blue]: Rgb): void {
  uniform.value.setRGB(red / 255, green / 255, blue / 255);
}

/** A colour uniform, black until set. */
export function colourUniform(): IUniform<Color> {
  return { value: new Color() };
}
