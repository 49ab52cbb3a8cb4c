import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVitest, type TestSpecification } from 'vitest/node';
import type { Told } from './in-test.ts';
import { instrument } from './mutate.ts';
import { findPlace } from './places.ts';
import { type MutatedFile, mutateSources, root } from './sources.ts';

/** What a session tells of one mutant. */
export interface Outcome {
  number: number;
  killed: boolean;
}

/** Seconds of the processor that a mutant may take: it has only the tests beside it. */
const patience = 20;

/** Ends the process where a mutant does not end: the tests run in another thread, which cannot be told to stop. */
function watch(): () => void {
  let before = process.cpuUsage();
  setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    if (user + system > patience * 1e6) process.exit(1);
  }, 1000).unref();
  return () => {
    before = process.cpuUsage();
  };
}

/** Tries the mutants of a place, from one of them on, with the tests that come by it: a process of its own, for a mutant may hang. */
async function tryMutants(name: string, from: number): Promise<void> {
  const place = findPlace(name);
  if (!place) throw new Error(`there is no place "${name}"`);
  const files = mutateSources(place);
  const tests = await openTests(files, place.tests);
  const passing = await tests.passes();
  const count = files.reduce((sum, { mutants }) => sum + mutants.length, 0);
  process.send?.({ count });
  const goOn = watch();
  for (let number = from; number < count; number++) {
    let killed = false;
    for (const { specification, passed } of passing) {
      if (killed || !(number in passed)) continue;
      killed = !(await tests.run(specification, { active: number, most: passed[number] * 100 + 10_000 }));
    }
    process.send?.({ number, killed } satisfies Outcome);
    goOn();
  }
  await tests.close();
}

async function openTests(files: readonly MutatedFile[], tests: readonly string[]) {
  const bySource = new Map(files.map((file) => [join(root, file.path), file]));
  const vitest = await createVitest(
    'test',
    {
      config: false,
      root,
      include: tests.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`)),
      setupFiles: [join(import.meta.dirname, 'in-test.ts')],
      pool: 'threads',
      maxWorkers: 1,
      watch: false,
      fsModuleCache: false, // sources with mutants in them are for nobody else
      reporters: [{}],
      testTimeout: 20_000,
    },
    {
      plugins: [
        {
          name: 'mutants',
          enforce: 'pre',
          transform(_code, id) {
            const file = bySource.get(id.split('?', 1)[0]);
            return file && { code: instrument(file.source, file.mutants, file.first), map: null };
          },
        },
      ],
    },
  );
  const folder = mkdtempSync(join(tmpdir(), 'hearth-mutants-'));
  const report = join(folder, 'passed.json');

  /** Whether all tests of a file pass. */
  async function run(specification: TestSpecification, told: Told): Promise<boolean> {
    vitest.provide('mutants', told);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
    const module = testModules.find(({ moduleId }) => moduleId === specification.moduleId); // among those of earlier runs
    return unhandledErrors.length === 0 && module?.ok() === true;
  }

  return {
    run,
    /** How often each test file comes by each mutant while there is none; quick files first. */
    async passes() {
      const passing = [];
      for (const specification of await vitest.globTestSpecifications()) {
        const began = performance.now();
        if (!(await run(specification, { active: -1, most: 0, report })))
          throw new Error(`${specification.moduleId} fails without any mutant`);
        const passed: Record<number, number> = JSON.parse(readFileSync(report, 'utf8'));
        passing.push({ specification, passed, took: performance.now() - began });
      }
      return passing.sort((a, b) => a.took - b.took);
    },
    async close() {
      rmSync(folder, { recursive: true });
      await vitest.close();
    },
  };
}

const [name, from] = process.argv.slice(2);
await tryMutants(name, Number(from));
