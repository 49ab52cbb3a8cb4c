/** A part of the sources, with the tests that must notice every mutant in it. */
export interface Place {
  /** Files and folders to mutate; the tests in a folder are not mutated. */
  sources: readonly string[];
  /** Files and folders of tests to run. */
  tests: readonly string[];
}

/** The place with this name; for `NAME/part,part` only its files whose path contains one of the parts. */
export function findPlace(wanted: string): (Place & { parts?: string[] }) | undefined {
  const [name, parts] = wanted.split('/', 2);
  return Object.hasOwn(places, name) ? { ...places[name], parts: parts?.split(',') } : undefined;
}

const storeTests = [
  'atomic',
  'default-model',
  'errors',
  'evaluations',
  'faults',
  'history',
  'journal',
  'lock',
  'lock-by-command',
  'model-bytes',
  'models',
  'own-folder',
  'plain-file',
  'production',
  'read',
  'registry',
  'text-file',
  'versions',
  'write',
];

/** Places where an unnoticed wrong number or bound would do most harm. */
export const places: Record<string, Place> = {
  gate: { sources: ['training/src/gate'], tests: ['training/src/gate'] },
  evaluation: {
    sources: ['training/src/evaluation', 'training/src/regression'],
    tests: ['training/src/evaluation', 'training/src/regression'],
  },
  interval: {
    sources: ['artifact/src/answer/interval.ts', 'training/src/learners/additive/spread.ts'],
    tests: [
      'artifact/src/answer/interval.test.ts',
      'artifact/src/answer/predictor.test.ts',
      'training/src/learners/additive/spread.test.ts',
    ],
  },
  safety: {
    sources: ['api/src/safety', 'api/src/admission/batch-queue.ts', 'api/src/admission/shedding.ts'],
    tests: [
      'api/src/safety',
      'api/src/admission/batch-queue.test.ts',
      'api/src/admission/shedding.test.ts',
      'api/src/server/config.test.ts',
      'api/src/grpc/grpc.test.ts',
    ],
  },
  store: {
    sources: ['artifact/src/store', 'artifact/src/manifest/versioned.ts'],
    // without tests that start other processes: no mutant is active there
    tests: storeTests.map((name) => `artifact/src/store/${name}.test.ts`),
  },
  kinds: { sources: ['artifact/src/columns/kinds'], tests: ['artifact/src/columns/kinds'] },
  rows: {
    sources: [
      'artifact/src/columns/rows.ts',
      'artifact/src/columns/plain-rows.ts',
      'artifact/src/columns/cells.ts',
      'artifact/src/columns/missing.ts',
      'artifact/src/columns/warnings.ts',
      'artifact/src/text-table',
    ],
    tests: ['artifact/src/columns', 'artifact/src/text-table'],
  },
};
