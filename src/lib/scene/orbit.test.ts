import { describe, expect, it } from 'vitest';
import { cameraOf, direction, fitDistance, FROM_ABOVE, FROM_FRONT, orbitOf, turn, zoomBy } from './orbit.ts';

describe('orbit', () => {
  it('looks from the front and from above', () => {
    expect(direction(FROM_FRONT)).toEqual([0, 0, 1]);
    expect(direction(FROM_ABOVE)[1]).toBeCloseTo(1, 5);
  });

  it('turns to the right for a positive yaw, and wraps round', () => {
    expect(direction(turn(FROM_FRONT, Math.PI / 2, 0))[0]).toBeCloseTo(1);
    expect(turn(FROM_FRONT, 3 * Math.PI, 0).yaw).toBeCloseTo(-Math.PI);
  });

  it('stays above the ground and below the pole', () => {
    expect(turn(FROM_FRONT, 0, 10).pitch).toBe(FROM_ABOVE.pitch);
    expect(turn(FROM_FRONT, 0, -10).pitch).toBeGreaterThan(-0.5);
  });

  it('is written as three numbers, and read back within its limits', () => {
    const turned = zoomBy(turn(FROM_FRONT, 0.1234, 0.5), 2);
    expect(cameraOf(turned)).toEqual([0.123, 0.5, 2]);
    expect(orbitOf(cameraOf(turned))).toEqual({ yaw: 0.123, pitch: 0.5, zoom: 2 });
    expect(orbitOf([1e9, 1e9, 1e9])).toMatchObject({ pitch: FROM_ABOVE.pitch, zoom: 12 });
    expect(orbitOf([0, -1e9, -3])).toMatchObject({ pitch: -0.2, zoom: 0.5 });
  });

  it('limits zoom', () => {
    expect(zoomBy(FROM_FRONT, 2).zoom).toBe(2);
    expect(zoomBy(FROM_FRONT, 1e9).zoom).toBe(12);
    expect(zoomBy(FROM_FRONT, 1e-9).zoom).toBe(0.5);
  });

  it('stands farther away on a narrow screen', () => {
    const wide = fitDistance(1, 1, Math.PI / 6, 2);
    expect(wide).toBeCloseTo(1 / Math.sin(Math.PI / 12));
    expect(fitDistance(1, 1, Math.PI / 6, 0.5)).toBeGreaterThan(1.8 * wide);
    expect(fitDistance(1, 0.5, Math.PI / 6, 2)).toBeLessThan(0.6 * wide);
  });
});
