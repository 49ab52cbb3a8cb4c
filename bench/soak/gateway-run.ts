import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openRegistry } from '@hearth/artifact/store';
import { freePort } from '../system.ts';
import { makeDisk } from './disk.ts';
import { startGateway } from './gateway.ts';
import { goodModel } from './good-models.ts';
import { type LoadReport, startLoad } from './load-process.ts';
import { type Server, startServer } from './server.ts';

/** The load as a share of the measured capacity: while one server starts, the other one answers everything. */
const loadShare = 0.6;
/** Milliseconds until the gateway uses a restarted server. */
const settling = 2500;

export interface GatewayReport extends LoadReport {
  rate: number;
  /** Servers that were restarted by each signal. */
  restarts: Record<'SIGTERM' | 'SIGKILL', number>;
  /** Exit codes after SIGTERM that were not 0. */
  badExits: (number | null)[];
}

interface Plan {
  /** The signals that end the two servers in turn; each server is started again. */
  endings: readonly ('SIGTERM' | 'SIGKILL')[];
  /** Requests per second; by default a share of the capacity, which is measured first. */
  rate?: number;
}

/** Load on two servers behind the gateway, which are ended and restarted in turn. */
export async function gatewayRun({ endings, rate: given }: Plan): Promise<GatewayReport> {
  const disk = makeDisk();
  const registry = openRegistry(join(disk.path, 'tiny'));
  const model = goodModel(0);
  const { version } = await registry.publish(model.artifact);
  await registry.promote(version);
  const [outside, health, ...api] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const servers: Server[] = await Promise.all(api.map((port) => startServer(disk.path, port)));
  const gateway = await startGateway({ outside, health, api });
  const load = await startLoad(gateway.url);
  const restarts = { SIGTERM: 0, SIGKILL: 0 };
  const badExits: (number | null)[] = [];
  try {
    await load.allow(version, model.answers);
    const rate = given ?? (await load.capacity(3)) * loadShare;
    await wait(settling);
    await load.start(rate);
    for (const [i, signal] of endings.entries()) {
      const one = i % servers.length;
      // a stream cannot be repeated: after kill -9 its client gets a connection reset
      if (signal === 'SIGKILL') await load.holdStreams();
      const code = await servers[one].stop(signal);
      if (signal === 'SIGTERM' && code !== 0) badExits.push(code);
      restarts[signal]++;
      servers[one] = await startServer(disk.path, api[one]);
      if (signal === 'SIGKILL') await load.resumeStreams();
      await wait(settling);
    }
    return { rate, ...(await load.stop()), restarts, badExits };
  } finally {
    await gateway.stop();
    await Promise.all(servers.map((server) => server.stop('SIGKILL')));
    disk.remove();
  }
}
