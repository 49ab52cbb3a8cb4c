import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createVitest, type TestSpecification } from 'vitest/node';
import type { MutantRun } from './in-test.ts';
import { instrument } from './mutate.ts';
import { findPlace } from './places.ts';
import { type MutatedFile, mutateSources, root } from './sources.ts';

/**
 * What a session sends: first the number of mutants; then for each test file that it runs how long that may take, in milliseconds, and
 * for each mutant its outcome.
 */
export type Report = { count: number } | { limit: number } | { number: number; outcome: Outcome };

/** What the tests said of a mutant. A test that times out may have noticed it, or the machine was busy. */
export type Outcome = 'survives' | 'noticed' | 'times out';

/**
 * How long a test file may take with a mutant, from how long it took without one in this session: a mutant can block a thread, as on a
 * pipe, where no time limit of a test ends it.
 */
const limitFor = (milliseconds: number): number => 15_000 + 5 * milliseconds;

/** Runs the tests that reach a mutant, for the mutants of a place from one of them on, in a process that a mutant may block or end. */
async function tryMutants(name: string, from: number): Promise<void> {
  const place = findPlace(name);
  if (!place) throw new Error(`there is no place "${name}"`);
  const files = mutateSources(place);
  const tests = await openTests(files, place.tests);
  const measured = await tests.measure();
  const count = files.reduce((sum, { mutants }) => sum + mutants.length, 0);
  process.send?.({ count } satisfies Report);
  for (const { path, first, mutants } of files) {
    const own = basename(path).replace('.ts', '.test.ts');
    let ordered = [...measured].sort((a, b) => Number(b.name === own) - Number(a.name === own));
    for (let number = Math.max(first, from); number < first + mutants.length; number++) {
      let outcome: Outcome = 'survives';
      for (const file of ordered) {
        if (!(number in file.passed)) continue;
        process.send?.({ limit: limitFor(file.took) } satisfies Report);
        const most = file.passed[number] * 100 + 10_000;
        outcome = await tests.run(file.specification, { active: number, most });
        if (outcome === 'survives') continue;
        ordered = [file, ...ordered.filter((each) => each !== file)]; // probably it notices the next mutant too
        break;
      }
      process.send?.({ number, outcome } satisfies Report);
    }
  }
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
      fsModuleCache: false, // no other run may use sources with mutants in them
      reporters: [{}],
      bail: 1, // one failed test is enough
      testTimeout: 10_000,
      expect: { poll: { timeout: 5_000 } }, // a busy machine must not look like a test that notices
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

  async function run(specification: TestSpecification, mutantRun: MutantRun): Promise<Outcome> {
    vitest.provide('mutants', mutantRun);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
    const module = testModules.find(({ moduleId }) => moduleId === specification.moduleId); // among those of earlier runs
    if (unhandledErrors.length === 0 && module?.ok()) return 'survives';
    const errors = [...(module?.children.allTests('failed') ?? [])].flatMap(
      (test) => test.result().errors ?? [],
    );
    return errors[0]?.message.includes('timed out') ? 'times out' : 'noticed';
  }

  return {
    run,
    /** How long each test file takes without a mutant, and how often it reaches each mutant; quick files first. */
    async measure() {
      const measured = [];
      for (const specification of await vitest.globTestSpecifications()) {
        const began = performance.now();
        if ((await run(specification, { active: -1, most: 0, report })) !== 'survives')
          throw new Error(`${specification.moduleId} fails without any mutant`);
        const passed: Record<number, number> = JSON.parse(readFileSync(report, 'utf8'));
        const name = basename(specification.moduleId);
        measured.push({ specification, name, passed, took: performance.now() - began });
      }
      rmSync(folder, { recursive: true });
      return measured.sort((a, b) => a.took - b.took);
    },
  };
}

const [name, from] = process.argv.slice(2);
await tryMutants(name, Number(from));
