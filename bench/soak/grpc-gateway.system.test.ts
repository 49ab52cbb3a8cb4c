import { Client, credentials } from '@grpc/grpc-js';
import { buildApp } from '@hearth/api';
import { methods } from '@hearth/api/grpc';
import { modelsFolder, publishTiny, setAlias, until } from '@hearth/api/testing';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { freePort } from '../system.ts';
import { haproxy, startGateway } from './gateway.ts';

interface Answer {
  model_version: string;
}

const connections = 4;

/** Asks without end, on several connections. Clients retry nothing. */
function startAsking(port: number) {
  const { path, client: messages } = methods().ModelInfer;
  const age = { name: 'age', datatype: 'FP64', shape: [1], contents: { fp64_contents: [50] } };
  const request = messages.write({ model_name: 'tiny', inputs: [age] });
  const asked = { answered: 0, versions: new Set<string>(), failures: [] as string[] };
  let isOver = false;
  const loops = Array.from({ length: connections }, async () => {
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_retries': 0,
    });
    while (!isOver)
      await new Promise<void>((resolve) => {
        client.makeUnaryRequest(
          path,
          (bytes: Buffer) => bytes,
          (bytes) => messages.read(bytes) as Answer,
          request,
          (error, answer) => {
            if (error) asked.failures.push(error.message);
            else asked.versions.add(answer?.model_version ?? '');
            asked.answered++;
            resolve();
          },
        );
      });
    client.close();
  });
  return {
    asked,
    async stop() {
      isOver = true;
      await Promise.all(loops);
    },
  };
}

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

    const { asked, stop } = startAsking(grpc.outside);
    await until(() => asked.answered > 20, 5000);
    const second = await publishTiny(registry, 0.01);
    await setAlias(registry, second);
    await until(() => asked.versions.has(second), 5000);

    const [{ app: leaving }, { app: staying }] = instances as { app: FastifyInstance }[];
    onTestFinished(() => staying.close());
    leaving.drain();
    await until(async () => !up.test(await servers()), 5000);
    await leaving.close();
    const before = asked.answered;
    await until(() => asked.answered > before + 20, 5000);
    await stop();
    expect(asked.failures).toEqual([]);
    expect([...asked.versions]).toEqual([first, second]);
  },
  30_000,
);
