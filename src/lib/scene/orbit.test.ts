import { describe, expect, it } from 'vitest';
import { direction, fitDistance, FROM_ABOVE, FROM_FRONT, turn, zoomBy } from './orbit.ts';

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
