import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openRegistry, treesFile } from '@hearth/artifact/store';
import { until } from '../stack.ts';
import type { Host } from './host.ts';
import type { Incident } from './incidents.ts';
import { corrupt, variantOf } from './models.ts';

/** Damage to the models of a host, after which every instance of the API is restarted. */
interface Damage {
  name: string;
  step: string;
  /** The version that must serve afterwards. */
  answers: 'production' | 'previous';
  /** @returns a function that repairs it */
  inflict(models: string): Promise<() => Promise<void>>;
}

const keep = async (file: string) => {
  const bytes = await readFile(file);
  return () => writeFile(file, bytes);
};

const damages: readonly Damage[] = [
  {
    name: 'damaged',
    step: 'the version in production is damaged',
    answers: 'previous',
    async inflict(models) {
      const version = await openRegistry(path.join(models, 'heart')).production();
      const repair = await keep(path.join(models, 'heart', version, treesFile));
      await corrupt(path.join(models, 'heart'), version);
      return repair;
    },
  },
  {
    name: 'emptied',
    step: 'aliases.json is emptied',
    answers: 'production',
    async inflict(models) {
      const file = path.join(models, 'heart/aliases.json');
      const repair = await keep(file);
      await writeFile(file, '');
      return repair;
    },
  },
  {
    name: 'second',
    step: 'a second model is promoted beside it',
    answers: 'production',
    async inflict(models) {
      const folder = path.join(models, 'second');
      const heart = path.join(models, 'heart');
      const registry = openRegistry(folder);
      const { version } = await registry.publish(
        await variantOf(path.join(heart, await openRegistry(heart).production()), 0.01),
      );
      await registry.promote(version);
      return () => rm(folder, { recursive: true });
    },
  },
];

/** Restarts an instance of the API and waits until the gateway uses it again. @returns the seconds without an answer */
async function restart(host: Host, container: string): Promise<number> {
  let address = await addressOf(host, container);
  let [last, gap, restarted] = [Date.now(), 0, false];
  const watching = (async () => {
    for (; ; await wait(50)) {
      if (!(await health(address).catch(() => undefined))) continue;
      gap = Math.max(gap, Date.now() - last);
      last = Date.now();
      if (restarted) return;
    }
  })();
  await host.docker('restart', '--time', '35', container);
  address = await addressOf(host, container);
  restarted = true;
  await watching;
  await wait(3000); // the gateway looks up addresses and checks health once per second
  return gap / 1000;
}

const addressOf = (host: Host, container: string) =>
  host.docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', container);

/** @throws if it does not answer within 0.5 s, or has no model */
async function health(address: string): Promise<{ model: { version: string } }> {
  const answer = await fetch(`http://${address}:3000/health`, { signal: AbortSignal.timeout(500) });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()) as { model: { version: string } };
}

const rehearse = ({ name, step, answers: expected, inflict }: Damage): Incident => ({
  name,
  async act(host, visitors) {
    const models = path.join(host.home, 'models');
    const heart = openRegistry(path.join(models, 'heart'));
    const production = await heart.production();
    const promoted = (await heart.journal()).filter(
      ({ action, version }) => action === 'promote' && version !== production,
    );
    const wanted = expected === 'production' ? production : promoted.at(-1)?.version;
    if (!wanted) throw new Error('the journal names no version that was in production before');
    await visitors.allow(heart.folder, wanted);
    const containers = await host.instances('api');
    const allAnswer = async (version: string) => {
      const asked = containers.map(async (id) => health(await addressOf(host, id)));
      return (await Promise.all(asked)).every(({ model }) => model.version === version);
    };
    visitors.health.add('degraded');
    const began = Date.now();
    const repair = await inflict(models);
    let gap = 0;
    for (const container of containers) gap = Math.max(gap, await restart(host, container));
    const stayed = await allAnswer(wanted).catch(() => false);
    await repair();
    const repaired = await until(() => allAnswer(production).catch(() => false), 10_000).then(
      () => true,
      () => false,
    );
    await wait(2000);
    visitors.health.delete('degraded');
    return {
      step: `${step}, and each instance restarted`,
      expected: `${expected === 'production' ? 'it' : 'the version before'} answers`,
      outcome:
        stayed && repaired
          ? `${wanted} serves; a restart takes ${gap.toFixed(1)} s, during which the other instance serves`
          : `the ${stayed ? 'expected' : 'wrong'} version serves; after the repair, production ${repaired ? 'serves' : 'does not serve'}`,
      seconds: (Date.now() - began) / 1000,
      ok: stayed && repaired,
    };
  },
});

export const damage: readonly Incident[] = damages.map(rehearse);
