import { setTimeout as wait } from 'node:timers/promises';
import type { Load } from './load-process.ts';
import type { Follower } from './script.ts';
import type { Server } from './server.ts';

/** The server must follow a change of the alias within this time, in milliseconds. */
const limit = 2000;

/** Checks that a server under load follows the registry, and counts failures. */
export function watchServer(server: Server, load: Load) {
  const late: string[] = [];
  const refusals: Record<string, number> = {};

  async function within(isSo: () => Promise<boolean>, otherwise: () => Promise<string>): Promise<boolean> {
    const deadline = performance.now() + limit;
    while (!(await isSo())) {
      if (performance.now() > deadline) {
        late.push(await otherwise());
        return false;
      }
      await wait(20);
    }
    return true;
  }

  const follower: Follower = {
    willServe: (version, { answers }) => load.allow(version, answers),
    async serves(version) {
      await load.settle(version);
      await within(
        async () => (await load.seen()) === version,
        async () => `${version} did not serve within 2 s: ${JSON.stringify(await server.health())}`,
      );
    },
    async refuses(name, reason) {
      const refused = await within(
        async () => reason.test((await server.health()).refusal?.reason ?? ''),
        async () => `${name} was not refused within 2 s: ${JSON.stringify(await server.health())}`,
      );
      if (refused) refusals[name] = (refusals[name] ?? 0) + 1;
    },
  };
  return { follower, late, refusals };
}

/** For a control run, in which no server follows the registry: checks nothing, and waits about as long as a server needs. */
export const noFollower: Follower = {
  willServe: async () => {},
  serves: () => wait(200),
  refuses: () => wait(200),
};
