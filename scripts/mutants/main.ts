import { fork } from 'node:child_process';
import { join } from 'node:path';
import { findPlace, type Place, places } from './places.ts';
import type { Outcome } from './session.ts';
import { mutateSources } from './sources.ts';
import { disagreements, readSurvivors } from './survivors.ts';

/** Tries mutants, and tells those that no test notices and no line of the list justifies: npm run prove -- mutants [PLACE[/FILE] …] */

/** Tries all mutants of a place, and hears of each; one that hangs, or ends its process, is noticed, and the next has another one. */
async function tryAll(name: string, hear: (outcome: Outcome) => void): Promise<void> {
  let next = 0;
  let count = Number.POSITIVE_INFINITY;
  while (next < count) {
    if (await session()) hear({ number: next++, killed: true });
  }

  /** @returns whether a mutant ended it */
  function session(): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const child = fork(join(import.meta.dirname, 'session.ts'), [name, String(next)]);
    let begun = false; // its tests pass without any mutant
    child.on('message', (told: Outcome | { count: number }) => {
      if ('count' in told) {
        count = told.count;
        begun = true;
      } else {
        hear(told);
        next = told.number + 1;
      }
    });
    child.on('exit', (code) => {
      if (code === 0 || begun) resolve(code !== 0);
      else reject(new Error(`the tests of ${name} cannot be run`));
    });
    return promise;
  }
}

/** @returns whether every mutant is noticed, or justified */
async function prove(name: string, place: Place): Promise<boolean> {
  const began = performance.now();
  const files = mutateSources(place);
  const all = files.flatMap(({ path, mutants }) => mutants.map((mutant) => ({ path, ...mutant })));
  const listed = readSurvivors();
  const survived: typeof all = [];
  console.log(`${name}: ${all.length} mutants in ${files.length} files`);
  await tryAll(name, ({ number, killed }) => {
    const mutant = all[number];
    if (!killed) {
      survived.push(mutant);
      if (disagreements([mutant], listed, []).unjustified.length > 0)
        console.log(`survives, ${mutant.path}:${mutant.line}\n- ${mutant.name}`);
    }
    if (number % 100 === 99) console.log(`${number + 1} of ${all.length}`);
  });
  const paths = files.map(({ path }) => path);
  const { unjustified, outdated } = disagreements(survived, listed, paths);
  for (const key of outdated) console.log(`in the list, and does not survive: ${key}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${name}: of ${all.length} mutants ${all.length - survived.length} are noticed, ${survived.length - unjustified.length} justified, ${unjustified.length} neither; in ${seconds} s`,
  );
  return unjustified.length + outdated.length === 0;
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(places);
let proved = true;
for (const name of wanted) {
  const place = findPlace(name);
  if (!place) {
    console.error(`there is no place "${name}"; there are ${Object.keys(places).join(', ')}`);
    process.exit(2);
  }
  if (!(await prove(name, place))) proved = false;
}
process.exit(proved ? 0 : 1);
