import { describe, expect, it } from 'vitest';
import { chooseEngine, createEngine, EngineUnavailable, isEngineName } from './choose.ts';
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

it('isEngineName knows the engines and nothing else', () => {
  expect(isEngineName('tfjs-webgl')).toBe(true);
  expect(isEngineName('webgpu')).toBe(false);
});

it('withTimeout gives up on a start that hangs', async () => {
  await expect(withTimeout('tfjs-wasm', new Promise(() => undefined), 20)).rejects.toThrow(
    'did not start within 0.02 s',
  );
});
