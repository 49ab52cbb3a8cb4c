import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Pod } from 'kubernetes-models/v1';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { unknownFields } from '../kubernetes/unknown-fields.ts';

const service = parse(readFileSync(path.join(import.meta.dirname, 'inference-service.yaml'), 'utf8'));

const whole = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;

/**
 * The fields that KServe adds to a pod's specification in a predictor. No npm package has its schema: these are fields and values of
 * ComponentExtensionSpec (serving.kserve.io/v1beta1) as pkg/apis/serving/v1beta1/component.go of https://github.com/kserve/kserve defines them
 * (Apache-2.0, commit 017d86a), as far as one container needs them.
 */
const kserveFields: Record<string, (value: unknown) => boolean> = {
  minReplicas: whole,
  maxReplicas: whole,
  scaleTarget: whole,
  scaleMetric: (value) => ['cpu', 'memory', 'concurrency', 'rps'].includes(String(value)),
  containerConcurrency: whole,
  timeout: whole,
  canaryTrafficPercent: whole,
};

/** Separates the fields of KServe from those of a pod. */
function partsOf(predictor: Record<string, unknown>) {
  const own = Object.entries(predictor).filter(([name]) => name in kserveFields);
  const pod = Object.entries(predictor).filter(([name]) => !(name in kserveFields));
  return { own, pod: Object.fromEntries(pod) };
}

const validatePod = (pod: object) => Object.assign(new Pod(), pod).validate();

test('the predictor matches the pod schema of Kubernetes, with the fields of KServe', () => {
  expect(service).toMatchObject({ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' });
  expect(Object.keys(service.spec)).toEqual(['predictor']);
  const { own, pod } = partsOf(service.spec.predictor);
  for (const [name, value] of own) expect(kserveFields[name](value), name).toBe(true);
  const { minReplicas, maxReplicas } = service.spec.predictor;
  expect(minReplicas).toBeLessThanOrEqual(maxReplicas);
  expect(unknownFields({ spec: pod }, validatePod)).toEqual([]);
});

test('the schema check finds faults', () => {
  const { pod } = partsOf({ ...service.spec.predictor, containers: [{ image: 'hearth-api' }] });
  expect(() => validatePod({ spec: pod })).toThrow(/name/);
});

test('an unknown field is found', () => {
  const { pod } = partsOf({ ...service.spec.predictor, minReplica: 2 });
  expect(unknownFields({ spec: pod }, validatePod)).toEqual(['/spec/minReplica']);
});

test('the container serves the v2 protocol at the port of KServe', () => {
  const [container] = service.spec.predictor.containers;
  expect(container.name).toBe('kserve-container');
  const port = container.ports[0].containerPort;
  expect(container.env).toContainEqual({ name: 'PORT', value: String(port) });
  expect(container.readinessProbe.httpGet).toEqual({ path: '/v2/health/ready', port });
  expect(container.livenessProbe.httpGet).toEqual({ path: '/v2/health/live', port });
});
