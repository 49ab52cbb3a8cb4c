import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { askSecurely, renew, selfSign } from '../certificate.ts';
import { crash, dockerEnvironment } from '../docker.ts';
import { until } from '../stack.ts';
import { steadyLoad } from '../steady-load.ts';
import { type Act, rehearseChange } from './acts.ts';
import { leaveMark } from './changes.ts';
import { type Host, makeHost } from './host.ts';
import type { Visitors } from './visitors.ts';

/** A step that is more than one change. */
export interface Incident {
  /** For --rows. */
  name: string;
  act(host: Host, visitors: Visitors, commit: string): Promise<Act>;
}

const since = (began: number) => (Date.now() - began) / 1000;
const holds = (isSo: () => Promise<boolean>, milliseconds: number) =>
  until(isSo, milliseconds).then(
    () => true,
    () => false,
  );

/** One instance of the API is killed. */
async function crashInstance(host: Host): Promise<Act> {
  const [container] = await host.instances('api');
  const state = (field: string) => host.docker('inspect', '--format', `{{.${field}}}`, container);
  const began = Date.now();
  await crash(container);
  const back = async () =>
    (await state('RestartCount')) === '1' && (await state('State.Health.Status')) === 'healthy';
  const ok = await holds(back, 30_000);
  return {
    step: 'an instance of the API is killed',
    expected: 'it is restarted',
    outcome: ok ? 'healthy again' : 'not back within 30 s',
    seconds: since(began),
    ok,
  };
}

/** Pushes a release again and again. Each time the disk becomes full one copy later, until the rollout passes all copies. */
async function fillDisk(host: Host): Promise<Act> {
  const began = Date.now();
  if (!host.small)
    throw new Error('only root can create a file system that becomes full; use sudo, or leave out this row');
  const copies = path.join(host.folder, 'copies');
  const wrappers = path.join(import.meta.dirname, 'full-disk');
  const gateway = () => readFileSync(path.join(host.home, 'deploy/gateway/haproxy.cfg'), 'utf8');
  const instances = async () =>
    [...(await host.instances('api')), ...(await host.instances('web'))].sort().join();
  const [configuration, running] = [gateway(), await instances()];
  await leaveMark(host.work, 'full', 'gateway', 'page');
  const wrong: string[] = [];
  let full = 0;
  let code = 1;
  for (; code !== 0 && full < 30; ) {
    await rm(copies, { force: true });
    const settings = {
      PATH: `${wrappers}:${dockerEnvironment.PATH}`,
      COPIES: copies,
      FULL_AT: String(full + 1),
    };
    const pushed = await host.push(`The disk becomes full at copy ${full + 1}`, settings);
    code = pushed.code;
    const filled = existsSync(path.join(host.home, 'ballast'));
    for (const ballast of ['ballast', 'ballast-of-bytes'])
      await rm(path.join(host.home, ballast), { force: true });
    if (code !== 0 && !filled) console.log(pushed.output); // it failed for another reason
    if (code === 0 || !filled) break;
    full++;
    const serves = gateway() === configuration && (await instances()) === running;
    if (code !== 1 || !serves || !/FAILED/.test(pushed.output)) {
      wrong.push(`copy ${full}: exit code ${code}`);
      console.log(pushed.output);
    }
  }
  const ok = wrong.length === 0 && code === 0 && full > 4;
  return {
    step: `the disk becomes full, at each of the ${full} copies of a rollout`,
    expected: 'taken back each time, then served',
    outcome: ok
      ? `exit code 1 ${full} times, then served`
      : `wrong: ${wrong.join('; ') || `exit code ${code} after ${full}`}`,
    seconds: since(began),
    ok,
  };
}

/** Three instances each, replaced twice. */
async function rollOutThree(host: Host, visitors: Visitors): Promise<Act> {
  const began = Date.now();
  const outcomes: string[] = [];
  for (const release of ['three, first', 'three, second']) {
    const { ok, outcome } = await rehearseChange(
      host,
      visitors,
      {
        name: release,
        title: release,
        code: 0,
        shows: 'api',
        apply: (work) => leaveMark(work, release, 'api', 'page'),
      },
      { HEARTH_REPLICAS: '3' },
    );
    const counts = [(await host.instances('api')).length, (await host.instances('web')).length];
    if (!ok || counts.join() !== '3,3')
      outcomes.push(`${release}: ${outcome}, ${counts.join(' and ')} instances`);
  }
  return {
    step: 'three replicas, two releases',
    expected: 'served both times',
    outcome: outcomes.join('; ') || 'served twice, by three instances each',
    seconds: since(began),
    ok: outcomes.length === 0,
  };
}

/** On a host of its own with HTTPS: the certificate is renewed, then the gateway is killed. */
async function renewCertificate(_host: Host, _visitors: Visitors, commit: string): Promise<Act> {
  const host = await makeHost(commit, 'https');
  try {
    const certificate = path.join(host.home, 'deploy/gateway/certificates/hearth.pem');
    selfSign(certificate);
    const { code, output } = await host.push('With a certificate');
    if (code !== 0) throw new Error(`the first rollout with a certificate failed:\n${output}`);
    const next = path.join(host.folder, 'next.pem');
    selfSign(next, 90);
    const load = steadyLoad(
      `https://127.0.0.1:${host.httpsPort}`,
      [
        { path: '/predict', body: '{"age":54}', expect: (answer) => answer.includes('probability') },
        { path: '/', expect: (page) => page.includes('<html') },
      ],
      60,
    );
    await wait(2000);
    await renew(host.name, next);
    const answers = () =>
      askSecurely(host.httpsPort, next, '/health/ready').then(
        (answer) => answer.resume().statusCode === 200,
        () => false,
      );
    const renewed = await answers();
    await wait(2000);
    const { requests, failures } = await load.stop();
    const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
    if (failed > 0) console.log(failures);
    const began = Date.now();
    const [gateway] = await host.instances('gateway');
    await crash(gateway);
    await until(async () => !(await answers()), 5000).catch(() => {});
    const back = await holds(answers, 30_000);
    const gap = since(began);
    return {
      step: 'the certificate is renewed, then the gateway is killed',
      expected: 'it serves the new certificate',
      outcome:
        renewed && back
          ? `renewed without a gap; back ${gap.toFixed(1)} s after the kill`
          : `renewed: ${renewed}, back: ${back}`,
      seconds: gap,
      ok: renewed && back,
      requests,
      failed,
    };
  } finally {
    await host.remove();
  }
}

export const incidents: readonly Incident[] = [
  { name: 'crash', act: crashInstance },
  { name: 'full', act: fillDisk },
  { name: 'three', act: rollOutThree },
  { name: 'certificate', act: renewCertificate },
];
