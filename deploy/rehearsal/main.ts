import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { rehearseChange } from './acts.ts';
import { changes } from './changes.ts';
import { damage } from './damage.ts';
import { type Host, makeHost } from './host.ts';
import { type Incident, incidents } from './incidents.ts';
import { type Row, record, renderTable } from './table.ts';
import { startVisitors, type Visitors } from './visitors.ts';

/**
 * Pushes good and bad changes of a commit of this repository (HEAD) to a repository that rolls them out on a real Docker engine under constant
 * load, and prints the outcome of each. Usage: npm run rehearse -- [--rows page,api,…,crash,…] [--commit REF] [--write]
 * --write puts the table into deploy/README.md.
 */
const steps: readonly Incident[] = [
  ...changes.map((change) => ({
    name: change.name,
    act: (host: Host, visitors: Visitors) => rehearseChange(host, visitors, change),
  })),
  ...incidents,
  ...damage,
];
const names = steps.map(({ name }) => name);
const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    commit: { type: 'string', default: 'HEAD' },
    write: { type: 'boolean' },
  },
});
const chosen = values.rows?.split(',') ?? names;
const unknown = chosen.find((name) => !names.includes(name));
if (unknown) throw new RangeError(`--rows: there is no row ${unknown}; the rows are ${names.join(', ')}`);

const countOf = ({ failures }: { failures: Record<string, number> }) =>
  Object.values(failures).reduce((sum, count) => sum + count, 0);

const newFailures = (before: Record<string, number>, after: Record<string, number>) =>
  Object.entries(after).filter(([what, count]) => count > (before[what] ?? 0));

const host = await makeHost(values.commit);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void host.remove().finally(() => process.exit(1)));
const rows: Row[] = [];
try {
  console.log(`First, the unchanged commit is rolled out to ${host.url}.`);
  const first = await host.push('The unchanged commit');
  if (first.code !== 0) throw new Error(`the first rollout failed:\n${first.output}`);
  const visitors = await startVisitors(host, path.join(host.home, 'models/heart'));
  for (const { act } of chosen.flatMap((name) => steps.filter((step) => step.name === name))) {
    const before = visitors.soFar();
    const outcome = await act(host, visitors, values.commit);
    await wait(2000); // late answers belong to this row
    const after = visitors.soFar();
    const row = {
      ...outcome,
      requests: after.requests - before.requests + (outcome.requests ?? 0),
      failed: countOf(after) - countOf(before) + (outcome.failed ?? 0),
    };
    rows.push(row);
    for (const [what, count] of newFailures(before.failures, after.failures))
      console.log(`  ${count} times: ${what}`);
    console.log(
      `${row.ok && row.failed === 0 ? 'ok    ' : 'FAILED'} ${row.step}: ${row.outcome}, ${row.seconds.toFixed(0)} s, ${row.requests} requests, ${row.failed} failed`,
    );
  }
  const { failures } = await visitors.stop();
  const sum = (key: 'requests' | 'failed') => rows.reduce((total, row) => total + row[key], 0);
  const [requests, failed] = [sum('requests'), Math.max(sum('failed'), countOf({ failures }))];
  const commit = execFileSync('git', ['log', '-1', '--format=%h', values.commit], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  }).trim();
  const table = `${renderTable(rows)}\n\n${requests} requests, ${failed} failed; commit ${commit}.`;
  console.log(`\n${table}`);
  if (values.write) record(table);
  process.exitCode = failed === 0 && rows.every(({ ok }) => ok) ? 0 : 1;
} finally {
  await host.remove();
}
