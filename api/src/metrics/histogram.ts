import { Histogram, type Registry } from 'prom-client';

/** Counts numbers by upper bounds, in one typed array. */
export class Buckets {
  readonly bounds: readonly number[];
  readonly counts: Float64Array;
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  add(value: number): void {
    let i = 0;
    while (i < this.bounds.length && value > this.bounds[i]) i++;
    this.counts[i]++;
    this.sum += value;
  }
}

type Labels = Record<string, string>;

export interface CollectedOptions {
  name: string;
  help: string;
  register: Registry;
  /** The current counts; called at each scrape. */
  collect(): Iterable<{ labels: Labels; buckets: Buckets }>;
}

/** A histogram that does its work at a scrape, not for each value. */
export class CollectedHistogram extends Histogram {
  readonly #options: CollectedOptions;

  constructor(options: CollectedOptions) {
    super({ name: options.name, help: options.help, registers: [options.register] });
    this.#options = options;
  }

  /** Called by the registry. */
  async getForPromString() {
    const { name, help, collect } = this.#options;
    const values = [...collect()].flatMap(({ labels, buckets }) => samples(name, labels, buckets));
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }
}

function samples(name: string, labels: Labels, { bounds, counts, sum }: Buckets) {
  let total = 0;
  const upTo = [...counts].map((count, i) => {
    total += count;
    return {
      metricName: `${name}_bucket`,
      labels: { ...labels, le: String(bounds[i] ?? '+Inf') },
      value: total,
    };
  });
  return [
    ...upTo,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}
