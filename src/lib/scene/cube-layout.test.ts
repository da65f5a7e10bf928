import { describe, expect, it } from 'vitest';
import { CubeLayout } from './cube-layout.ts';
import type { CubePanel } from './cube-layout.ts';

const size = { rows: 4, depth: 8, cols: 2 };

function point({ corner, across, down }: CubePanel, u: number, v: number): number[] {
  return [0, 1, 2].map((axis) => (corner[axis] ?? 0) + u * (across[axis] ?? 0) + v * (down[axis] ?? 0));
}

function expectPoint(actual: readonly number[], expected: readonly number[]): void {
  expected.forEach((value, axis) => expect(actual[axis]).toBeCloseTo(value, 12));
}

describe('CubeLayout', () => {
  it('keeps proportions', () => {
    const layout = new CubeLayout(size);
    expect([layout.height, layout.depth, layout.width]).toEqual([0.5, 1, 0.25]);
  });

  it.each([0, 0.3, 1])('joins the last k of A and of B to the edges of C, folded %f', (unfold) => {
    const layout = new CubeLayout(size, unfold);
    for (const share of [0, 0.5, 1]) {
      expectPoint(point(layout.left, 1, share), point(layout.product, 0, share));
      expectPoint(point(layout.right, share, 1), point(layout.product, share, 0));
    }
  });

  it('lies flat when unfolded', () => {
    const layout = new CubeLayout(size, 1);
    expectPoint(point(layout.left, 0, 0), [-0.125 - 1, 0.25, 0.5]);
    expectPoint(point(layout.right, 0, 0), [-0.125, 0.25 + 1, 0.5]);
  });

  it('points back at the pixel it shows', () => {
    const layout = new CubeLayout(size);
    for (let row = 0; row < size.rows; row += 1) {
      for (let col = 0; col < size.cols; col += 1) {
        const [x, y] = layout.pixel({ row, col });
        expect(layout.hit([x, y, 3], [0, 0, -1])).toEqual({ row, col });
      }
    }
    expect(layout.hit([2, 0, 3], [0, 0, -1])).toBeNull();
    expect(layout.hit([0, 0, 3], [0, 0, 1])).toBeNull();
  });

  it('has twelve edges', () => {
    expect(new CubeLayout(size).edges.length).toBe(24);
  });
});
