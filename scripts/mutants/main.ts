import { fork } from 'node:child_process';
import { join } from 'node:path';
import { findPlace, type Place, places } from './places.ts';
import type { Outcome, Report } from './session.ts';
import { mutateSources } from './sources.ts';
import { disagreements, readSurvivors } from './survivors.ts';

/** Runs the tests against mutants and lists those that no test notices and survivors.md does not justify: npm run prove -- mutants [PLACE[/FILE[,FILE …]] …] */

type End = 'hangs' | 'ends the process';

/** Tries all mutants of a place and reports each. One that hangs or ends its process counts as noticed; a new process goes on after it. */
async function tryAll(name: string, report: (number: number, outcome: Outcome | End) => void): Promise<void> {
  let next = 0;
  let count = Number.POSITIVE_INFINITY;
  while (next < count) {
    const end = await session();
    if (end) report(next++, end);
  }

  /** @returns how a mutant ended it; undefined when all have been tried */
  function session(): Promise<End | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<End | undefined>();
    const child = fork(join(import.meta.dirname, 'session.ts'), [name, String(next)]);
    let hasBegun = false; // the tests pass without any mutant
    let hangs = false;
    let timer: NodeJS.Timeout | undefined;
    child.on('message', (message: Report) => {
      if ('count' in message) {
        count = message.count;
        hasBegun = true;
      } else if ('limit' in message) {
        clearTimeout(timer);
        timer = setTimeout(() => {
          hangs = true;
          child.kill('SIGKILL');
        }, message.limit);
      } else {
        clearTimeout(timer);
        report(message.number, message.outcome);
        next = message.number + 1;
        if (next === count) child.kill('SIGKILL'); // a thread that a mutant has blocked would keep it from ending
      }
    });
    child.on('exit', () => {
      clearTimeout(timer);
      if (next === count) resolve(undefined);
      else if (hasBegun) resolve(hangs ? 'hangs' : 'ends the process');
      else reject(new Error(`the tests of ${name} fail without any mutant`));
    });
    return promise;
  }
}

/** @returns whether every mutant is noticed or justified */
async function prove(name: string, place: Place): Promise<boolean> {
  const began = performance.now();
  const files = mutateSources(place);
  const all = files.flatMap(({ path, mutants }) => mutants.map((mutant) => ({ path, ...mutant })));
  const listed = readSurvivors();
  const survived: typeof all = [];
  let ended = 0;
  console.log(`${name}: ${all.length} mutants in ${files.length} files`);
  await tryAll(name, (number, outcome) => {
    const mutant = all[number];
    const isUnjustified = () => disagreements([mutant], listed, []).unjustified.length > 0;
    if (outcome === 'survives') survived.push(mutant);
    else if (outcome !== 'noticed') ended++;
    if (outcome !== 'noticed' && (outcome !== 'survives' || isUnjustified()))
      console.log(`${outcome}: ${mutant.path}:${mutant.line}\n- ${mutant.name}`);
    if (number % 100 === 99) console.log(`${number + 1} of ${all.length}`);
  });
  const paths = files.map(({ path }) => path);
  const { unjustified, outdated } = disagreements(survived, listed, paths);
  for (const key of outdated) console.log(`listed in survivors.md, but does not survive: ${key}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${name}: of ${all.length} mutants ${all.length - survived.length} are noticed (${ended} hang, time out or end the process), ${survived.length - unjustified.length} justified, ${unjustified.length} neither; in ${seconds} s`,
  );
  return unjustified.length + outdated.length === 0;
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(places);
let isProved = true;
for (const name of wanted) {
  const place = findPlace(name);
  if (!place) {
    console.error(`there is no place "${name}"; there are ${Object.keys(places).join(', ')}`);
    process.exit(2);
  }
  if (!(await prove(name, place))) isProved = false;
}
process.exit(isProved ? 0 : 1);
