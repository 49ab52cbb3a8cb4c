import { buildApp } from '@hearth/api';
import { modelsFolder, publishTiny, setAlias, until } from '@hearth/api/testing';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { freePort } from '../system.ts';
import { haproxy, startGateway } from './gateway.ts';
import { startCalls } from './grpc-calls.ts';

/** Of an instance that is up, in all its backends, in the words of HAProxy. */
const up = /^grpc,api1,(?:[^,]*,){15}UP/m;

test.runIf(haproxy !== undefined || process.env.CI === 'true')(
  'no call fails when a version is promoted, nor when an instance stops behind the gateway',
  async ({ onTestFinished }) => {
    const { models, registry, remove } = await modelsFolder();
    onTestFinished(remove);
    const first = await publishTiny(registry);
    await setAlias(registry, first);
    const start = async () => {
      const grpcPort = await freePort();
      const app = await buildApp({ models, grpcPort });
      const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
      return { app, grpcPort, port: Number(url.port) };
    };
    const instances = [await start(), await start()];
    const grpc = { outside: await freePort(), api: instances.map(({ grpcPort }) => grpcPort) };
    const [outside, health] = [await freePort(), await freePort()];
    const gateway = await startGateway({ outside, health, api: instances.map(({ port }) => port), grpc });
    onTestFinished(gateway.stop);
    const servers = async () => (await fetch(`${gateway.health}/servers;csv`)).text();
    await until(async () => up.test(await servers()), 5000);

    const versions = new Set<string>();
    const { soFar, stop } = startCalls(
      grpc.outside,
      [{ model: 'tiny', columns: { age: 50 } }],
      (_, { version }) => {
        versions.add(version);
        return undefined;
      },
    );
    await until(() => soFar().requests > 20, 5000);
    const second = await publishTiny(registry, 0.01);
    await setAlias(registry, second);
    await until(() => versions.has(second), 5000);

    const [{ app: leaving }, { app: staying }] = instances as { app: FastifyInstance }[];
    onTestFinished(() => staying.close());
    leaving.drain();
    await until(async () => !up.test(await servers()), 5000);
    await leaving.close();
    const before = soFar().requests;
    await until(() => soFar().requests > before + 20, 5000);
    expect((await stop()).failures).toEqual({});
    expect([...versions]).toEqual([first, second]);
  },
  30_000,
);
