import type { Model } from '@hearth/artifact';

/** How many requests or rows, and how long they took together. */
interface Duration {
  count: number;
  ns: number;
}

type Phase = 'compute_input' | 'compute_infer' | 'compute_output';
const phases: readonly Phase[] = ['compute_input', 'compute_infer', 'compute_output'];

/** The statistics of a model in the form of Triton's extension. Durations of phases are of successful requests. */
interface Counts {
  /** When the last request was answered, in milliseconds since 1970. */
  last_inference: number;
  /** Rows answered. */
  inference_count: number;
  /** Requests answered. */
  execution_count: number;
  inference_stats: Record<'success' | 'fail' | Phase, Duration>;
}

/** Measures one request. */
export interface Timer {
  /** The next phase begins: reading, answering, writing. */
  next(): void;
  succeed(rows: number): void;
  fail(): void;
}

/** Counts the inferences of each model by this protocol since the process began. */
export interface Statistics {
  begin(model: Model): Timer;
  of(model: Model): Counts;
}

const nanoseconds = (milliseconds: number): number => Math.round(milliseconds * 1e6);

export function createStatistics(): Statistics {
  const made = new WeakMap<Model, Counts>();

  function of(model: Model): Counts {
    let counts = made.get(model);
    if (!counts) {
      const none = (): Duration => ({ count: 0, ns: 0 });
      const inference_stats = {
        success: none(),
        fail: none(),
        compute_input: none(),
        compute_infer: none(),
        compute_output: none(),
      };
      counts = { last_inference: 0, inference_count: 0, execution_count: 0, inference_stats };
      made.set(model, counts);
    }
    return counts;
  }

  return {
    of,
    begin(model) {
      const counts = of(model);
      const began = performance.now();
      const ends: number[] = [];
      function add(name: keyof Counts['inference_stats'], milliseconds: number): void {
        counts.inference_stats[name].count++;
        counts.inference_stats[name].ns += nanoseconds(milliseconds);
      }
      return {
        next() {
          ends.push(performance.now());
        },
        succeed(rows) {
          const now = performance.now();
          ends.push(now);
          for (const [i, phase] of phases.entries()) add(phase, ends[i] - (i === 0 ? began : ends[i - 1]));
          add('success', now - began);
          counts.last_inference = Date.now();
          counts.inference_count += rows;
          counts.execution_count++;
        },
        fail: () => add('fail', performance.now() - began),
      };
    },
  };
}
