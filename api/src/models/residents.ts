import type { Served } from './served.ts';
import type { ModelsSettings } from './settings.ts';

export interface ResidentsSettings extends ModelsSettings {
  /** Seconds for which a request waits for its model. */
  patience: number;
}

interface Resident {
  served: Served;
  /** Until it serves or is refused for the first time. */
  starting?: Promise<void>;
  /** When it was last asked, on the clock of `performance`. */
  used: number;
}

/** The models that are in memory besides the default one. */
export interface Residents {
  /** One that is in memory, for a request; a promise while it is loaded. */
  get(key: string): Served | Promise<Served> | undefined;
  /** Starts to serve one that is not in memory, for a request. */
  add(key: string, served: Served): Promise<Served>;
  /** One that is in memory, for a look that does not keep it there. */
  peek(key: string): Served | undefined;
  /** Drops one, if it is still this one. */
  forget(key: string, served: Served): void;
  entries(): Iterable<readonly [key: string, served: Served]>;
  close(): Promise<void>;
}

export function holdResidents({ most, idleSeconds, patience }: ResidentsSettings): Residents {
  const residents = new Map<string, Resident>();
  const idle = idleSeconds * 1000;
  const sweep = setInterval(dropIdle, Math.min(idle / 4, 30_000)).unref();

  /** One that answers by an earlier version may not find it on the disk again. */
  const isDegraded = ({ served: { serving } }: Resident): boolean =>
    serving.since !== undefined && serving.refusals.length > 0;

  function drop(key: string, { served }: Resident): void {
    residents.delete(key);
    void served.serving.close(); // requests that hold it are answered by it
  }

  function dropIdle(): void {
    const before = performance.now() - idle;
    for (const [key, each] of residents)
      if (!each.starting && each.used < before && !isDegraded(each)) drop(key, each);
  }

  /** Drops those that were not asked for the longest time, degraded ones last. */
  function dropBeyond(): void {
    const started = [...residents].filter(([, { starting }]) => !starting);
    const order = started.sort(
      ([, a], [, b]) => Number(isDegraded(a)) - Number(isDegraded(b)) || a.used - b.used,
    );
    for (const [key, each] of order.slice(0, Math.max(0, residents.size - most))) drop(key, each);
  }

  /** A request that waited too long goes on, and is told that the model is being loaded. */
  async function whenStarted({ starting, served }: Resident): Promise<Served> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patience * 1000);
    await Promise.race([starting, late]);
    clearTimeout(timer);
    return served;
  }

  return {
    get(key) {
      const resident = residents.get(key);
      if (!resident) return undefined;
      resident.used = performance.now();
      return resident.starting ? whenStarted(resident) : resident.served;
    },
    add(key, served) {
      const resident: Resident = { served, used: performance.now() };
      residents.set(key, resident);
      resident.starting = served.serving.start().finally(() => {
        resident.starting = undefined;
        resident.used = performance.now();
        dropBeyond();
      });
      return whenStarted(resident);
    },
    peek: (key) => residents.get(key)?.served,
    forget(key, served) {
      const resident = residents.get(key);
      if (resident?.served === served) drop(key, resident);
    },
    *entries() {
      for (const [key, { served }] of residents) yield [key, served] as const;
    },
    async close() {
      clearInterval(sweep);
      await Promise.all([...residents.values()].map(({ served }) => served.serving.close()));
      residents.clear();
    },
  };
}
