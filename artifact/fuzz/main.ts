/** Fuzzes the reader and prints the outcomes. Arguments: number of mutants (100000), first seed (1). */
import { fuzz } from './fuzz.ts';
import { fuzzedArtifacts } from './mutant.ts';
import { assertEnough, tallyTable } from './tally.ts';

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const artifacts = await fuzzedArtifacts();
const began = performance.now();
const told = 20_000;
const tally = await fuzz(artifacts, count, seed, (done) => {
  if (done % told !== 0) return;
  const secondsLeft = ((performance.now() - began) / 1000 / done) * (count - done);
  console.log(`${done} of ${count} mutants, ${Math.ceil(secondsLeft / 60)} min left`);
});
const seconds = Math.round((performance.now() - began) / 1000);
console.log(tallyTable(tally));
const memory = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  `${seconds} s, the slowest mutant ${Math.round(tally.slowest)} ms, at most ${memory} MB of memory`,
);
assertEnough(tally);
