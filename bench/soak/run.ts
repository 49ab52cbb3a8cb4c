import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { freePort } from '../system.ts';
import { makeDisk } from './disk.ts';
import { noFollower, watchServer } from './follower.ts';
import { goodModel } from './good-models.ts';
import { type Load, type LoadReport, startLoad } from './load-process.ts';
import { createScript } from './script.ts';
import { type Server, startServer } from './server.ts';

/** The load as a share of the measured capacity. */
const loadShare = 0.6;
const capacitySeconds = 3;

/** The result of one run. */
export interface RunReport extends LoadReport {
  /** Requests per second that were sent. */
  rate: number;
  /** Longest time that the server's event loop was blocked, in milliseconds. */
  longestStall: number;
  /** How often each kind of bad artifact was refused. */
  refusals: Record<string, number>;
  /** What the server failed to do within 2 seconds. */
  late: string[];
  /** Whether the disk could be filled. */
  filledDisk: boolean;
}

/** Load on a server while a script publishes, promotes, rolls back and damages versions in its registry. */
export async function watchedRun(seconds: number, rate?: number): Promise<RunReport> {
  const disk = makeDisk();
  const folder = join(disk.path, 'tiny');
  const port = await freePort();
  const load = await startLoad(`http://127.0.0.1:${port}`);
  const before = createScript(disk, folder, {
    ...noFollower,
    willServe: (version, { answers }) => load.allow(version, answers),
  });
  await before.prepare();
  const server = await startServer(disk.path, port);
  const { follower, late, refusals } = watchServer(server, load);
  try {
    const script = createScript(disk, folder, follower);
    const report = await underLoad(server, load, () => script.run(Date.now() + seconds * 1000), rate);
    return { ...report, late, refusals, filledDisk: disk.small };
  } finally {
    await server.stop();
    disk.remove();
  }
}

/** The same load, while the same script works on another folder: they share only the machine. */
export async function controlRun(seconds: number, rate: number): Promise<RunReport> {
  const [served, disk] = [makeDisk(), makeDisk()];
  const registry = openRegistry(join(served.path, 'tiny'));
  const model = goodModel(0);
  const { version } = await registry.publish(model.artifact);
  await registry.promote(version);
  const port = await freePort();
  const load = await startLoad(`http://127.0.0.1:${port}`);
  await load.allow(version, model.answers);
  const server = await startServer(served.path, port);
  try {
    const script = createScript(disk, join(disk.path, 'tiny'), noFollower);
    await script.prepare();
    const report = await underLoad(server, load, () => script.run(Date.now() + seconds * 1000), rate);
    return { ...report, late: [], refusals: {}, filledDisk: disk.small };
  } finally {
    await server.stop();
    served.remove();
    disk.remove();
  }
}

async function underLoad(server: Server, load: Load, script: () => Promise<void>, given?: number) {
  const capacity = await load.capacity(capacitySeconds);
  const rate = given ?? capacity * loadShare;
  server.resetStall();
  await load.start(rate);
  await script();
  return { rate, ...(await load.stop()), longestStall: await server.longestStall() };
}
