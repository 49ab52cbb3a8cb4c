import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Service, ServiceAccount } from 'kubernetes-models/v1';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { unknownFields } from './unknown-fields.ts';

const folder = import.meta.dirname;
const kinds = [
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
];
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
const { resources }: { resources: string[] } = parse(read('kustomization.yaml'));
// biome-ignore lint/suspicious/noExplicitAny: the published schema checks its type
type Resource = any;
const all: Resource[] = resources.flatMap((file) =>
  parseAllDocuments(read(file), { merge: true }).map((document) => document.toJS()),
);
const named = (kind: string, name: string): Resource =>
  all.find((each) => each.kind === kind && each.metadata.name === name);

/** @throws Error with the path if the resource does not match the published schema */
function validate(resource: Resource): void {
  const Kind = kinds.find(
    ({ apiVersion, kind }) => apiVersion === resource.apiVersion && kind === resource.kind,
  );
  if (!Kind) throw new Error(`no schema for ${resource.apiVersion} ${resource.kind}`);
  Object.assign(new Kind(), resource).validate();
}

test('kustomization.yaml lists every file of the folder', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
  expect(resources.toSorted()).toEqual(files.sort());
});

test.each(all.map((resource) => [`${resource.kind} ${resource.metadata.name}`, resource]))(
  '%s matches the schema of Kubernetes',
  (_, resource) => {
    expect(unknownFields(resource, validate)).toEqual([]);
  },
);

test('the schema check finds faults', () => {
  const broken = structuredClone(named('Deployment', 'api'));
  broken.spec.template.spec.containers[0].ports[0].containerPort = 'http';
  expect(() => validate(broken)).toThrow(/containerPort/);
});

test('a field in the wrong place is found', () => {
  const broken = structuredClone(named('Deployment', 'api'));
  broken.spec.template.spec.containers[0].readOnlyRootFilesystem = true;
  expect(unknownFields(broken, validate)).toEqual([
    '/spec/template/spec/containers/0/readOnlyRootFilesystem',
  ]);
});

test.each(['api', 'web'])('a pod of %s stops only when its successor is ready', (name) => {
  const { spec } = named('Deployment', name);
  expect(spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  const [container] = spec.template.spec.containers;
  expect(container.readinessProbe.httpGet.port).toBe('http');
  expect(container.livenessProbe.httpGet.port).toBe('http');
  expect(container.lifecycle.preStop.exec.command[0]).toBe('/nodejs/bin/node');
  expect(named('PodDisruptionBudget', name).spec.selector).toEqual(spec.selector);
  expect(named('Service', name).spec.selector).toEqual(spec.selector.matchLabels);
});

test.each(['api', 'web'])('%s has no more rights than it needs', (name) => {
  const { template } = named('Deployment', name).spec;
  expect(template.spec).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
  });
  const [container] = template.spec.containers;
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(container.resources.limits.memory).toBeDefined();
  const policy = named('NetworkPolicy', name).spec;
  expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(policy.egress).toBeUndefined(); // no connections to the outside
});

test('the pods have time to drain and to stop', () => {
  const { template } = named('Deployment', 'api').spec;
  const [{ env, lifecycle }] = template.spec.containers;
  const drain = Number(env.find(({ name }: { name: string }) => name === 'DRAIN_SECONDS').value);
  const wait = Number(/\d+/.exec(lifecycle.preStop.exec.command[2].replace('{}', ''))?.[0]) / 1000;
  const stopSeconds = 25; // the API's default
  expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(wait + drain + stopSeconds);
});

test('the ingress sends the same paths to the API as the gateway, without metrics', () => {
  const gateway = readFileSync(path.join(folder, '../gateway/haproxy.cfg'), 'utf8');
  const routes = /^ *acl api path (.+)$/m.exec(gateway)?.[1].split(' ') ?? [];
  const [{ http }] = named('Ingress', 'hearth').spec.rules;
  const toApi = http.paths.filter((each: Resource) => each.backend.service.name === 'api');
  expect(toApi.map((each: Resource) => each.path).sort()).toEqual(routes.sort());
  expect(routes).not.toContain('/metrics');
  expect(http.paths.at(-1)).toMatchObject({ path: '/', backend: { service: { name: 'web' } } });
});
