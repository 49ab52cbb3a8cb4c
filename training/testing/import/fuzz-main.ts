/** Fuzzes the readers of other tools' files, and prints the outcomes. Arguments: damaged files of each format (20000), first seed (1). */
import { join } from 'node:path';
import { readerOf } from '../../src/import/readers.ts';
import { exportedIn } from '../import-scripts/fixtures.ts';
import { fixturesIn } from './compare.ts';
import { fuzz } from './fuzz.ts';

const [count = 20_000, seed = 1] = process.argv.slice(2).map(Number);
const fixtures = [
  ...fixturesIn(join(import.meta.dirname, 'recorded')),
  ...exportedIn(join(import.meta.dirname, '../import-scripts/recorded')),
];
const formats = Map.groupBy(fixtures, ({ bytes, file }) => readerOf(bytes, file).format);
for (const [format, own] of formats) {
  const began = process.cpuUsage();
  const all = own.map((fixture, i) => fuzz(fixture, Math.ceil(count / own.length), seed + i));
  const sum = (name: 'accepted' | 'refused') => all.reduce((total, each) => total + each[name], 0);
  const slowest = Math.round(Math.max(...all.map((each) => each.slowest)));
  const seconds = Math.round(process.cpuUsage(began).user / 1e6);
  console.log(
    `${format}: ${sum('accepted')} accepted, ${sum('refused')} refused, the slowest ${slowest} ms; ${seconds} s of processor time`,
  );
}
console.log(`at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory`);
