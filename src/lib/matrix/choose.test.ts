import { describe, expect, it } from 'vitest';
import { chooseEngine, createEngine, EngineUnavailable, isEngineName, isSoftwareRenderer } from './choose.ts';
import { withTimeout } from './tfjs-device.ts';

describe('chooseEngine', () => {
  it('takes WASM where there is no WebGL, and says so', async () => {
    const { engine, reason } = await chooseEngine();
    expect(engine.name).toBe('tfjs-wasm');
    expect(reason).toContain('no WebGL');
  });

  it('takes what is asked for', async () => {
    expect((await chooseEngine({ wanted: 'reference' })).engine.name).toBe('reference');
    expect((await chooseEngine({ wanted: 'tfjs-cpu' })).engine.name).toBe('tfjs-cpu');
  });

  it('falls back from what cannot be had, with the reason', async () => {
    await expect(createEngine('tfjs-webgl')).rejects.toThrow(EngineUnavailable);
    const { engine, reason } = await chooseEngine({ wanted: 'tfjs-webgl' });
    expect(engine.name).toBe('tfjs-wasm');
    expect(reason).toContain('no WebGL in Node');
  });

  it('ends at the reference engine', async () => {
    const { engine } = await chooseEngine({ without: ['tfjs-webgl', 'tfjs-wasm'] });
    expect(engine.name).toBe('reference');
  });
});

describe('isSoftwareRenderer', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'llvmpipe (LLVM 15.0.6, 256 bits)',
    'ANGLE (Mesa, lavapipe (LLVM 15.0.6, 256 bits), OpenGL ES 3.2)',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
    'Apple Software Renderer',
  ])('%s is software', (renderer) => expect(isSoftwareRenderer(renderer)).toBe(true));

  it.each([
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)',
    'Adreno (TM) 640',
    'Mali-G78',
    'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
  ])('%s is hardware', (renderer) => expect(isSoftwareRenderer(renderer)).toBe(false));
});

it('isEngineName knows the engines and nothing else', () => {
  expect(isEngineName('tfjs-webgl')).toBe(true);
  expect(isEngineName('webgpu')).toBe(false);
});

it('withTimeout gives up on a start that hangs', async () => {
  await expect(withTimeout('tfjs-wasm', new Promise(() => undefined), 20)).rejects.toThrow(
    'did not start within 0.02 s',
  );
});
