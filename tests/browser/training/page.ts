import { trainAll } from '../../../src/components/SweepPlot/train-queue.ts';
import { runConfig } from '../../../src/lib/attention/presets.ts';

export interface Demo {
  /** From the press of a button, so to speak, to the result: worker, module and kernels start, training, a test. */
  readonly milliseconds: number;
  /** Share of right answers on test. */
  readonly right: number;
  /** Tasks of the page's own thread that held it for more than 50 ms meanwhile, in ms. */
  readonly longTasks: readonly number[];
}

declare global {
  interface Window {
    /** Trains the quick demo as the site does: in a worker that reports on the way. */
    demo: () => Promise<Demo>;
  }
}

window.demo = () =>
  new Promise((resolve, reject) => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ type: 'longtask' });
    const meter = document.body.appendChild(document.createElement('progress'));
    const began = performance.now();
    trainAll([runConfig('recall-demo')], null, {
      progress: (share) => (meter.value = share),
      run: ({ results: { test } }) => {
        const milliseconds = performance.now() - began;
        meter.remove();
        // Entries come a moment after their tasks.
        setTimeout(() => {
          observer.disconnect();
          resolve({ milliseconds, right: (test?.right ?? NaN) / (test?.asked ?? NaN), longTasks });
        }, 300);
      },
      end: (failure) => {
        if (failure !== null) reject(new Error(failure));
      },
    });
  });
