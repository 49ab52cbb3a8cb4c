import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, inject } from 'vitest';

/** What a run of a test file needs to know about mutants. */
export interface MutantRun {
  /** The number of the active mutant; -1 for none. */
  active: number;
  /** How often the active mutant may be reached before it counts as an endless loop. */
  most: number;
  /** The file to write into how often each mutant was reached. */
  report?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    mutants: MutantRun;
  }
}

const { active, most, report } = inject('mutants');
const passed: Record<number, number> = {};
let times = 0;

/** The instrumented sources call it wherever there is a mutant. @returns whether that mutant is active */
function mutant(number: number): boolean {
  if (report !== undefined) passed[number] = (passed[number] ?? 0) + 1;
  if (number !== active) return false;
  if (++times > most) throw new Error('the mutant is in an endless loop');
  return true;
}
Object.assign(globalThis, { mutant });

let failed = false;
beforeEach(({ skip }) => {
  if (failed) skip(); // one test that notices is enough
});
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});
afterAll(() => {
  if (report !== undefined) writeFileSync(report, JSON.stringify(passed));
});
