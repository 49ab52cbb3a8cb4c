import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, inject } from 'vitest';

/** What the tests are told, and tell. */
export interface Told {
  /** The number of the mutant to be; -1 for none. */
  active: number;
  /** How often it may be come by before it is taken to be in an endless loop. */
  most: number;
  /** The file into which a test file writes how often it came by each mutant. */
  report?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    mutants: Told;
  }
}

const { active, most, report } = inject('mutants');
const passed: Record<number, number> = {};
let times = 0;

/** Asked by the instrumented sources wherever a mutant can be. */
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
