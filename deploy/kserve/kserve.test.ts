import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Pod } from 'kubernetes-models/v1';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const service = parse(readFileSync(path.join(import.meta.dirname, 'inference-service.yaml'), 'utf8'));

/**
 * What KServe adds to a pod's specification in a predictor: field and type, from PredictorSpec and ComponentExtensionSpec of the
 * published schema of serving.kserve.io/v1beta1 (https://github.com/kserve/kserve, Apache-2.0).
 */
const kserveFields: Record<string, string> = {
  minReplicas: 'number',
  maxReplicas: 'number',
  scaleTarget: 'number',
  scaleMetric: 'string',
  scaleMetricType: 'string',
  containerConcurrency: 'number',
  timeout: 'number',
  canaryTrafficPercent: 'number',
};

/** Its fields apart: those of KServe, and those of a pod. */
function partsOf(predictor: Record<string, unknown>) {
  const own = Object.entries(predictor).filter(([name]) => name in kserveFields);
  const pod = Object.entries(predictor).filter(([name]) => !(name in kserveFields));
  return { own, pod: Object.fromEntries(pod) };
}

test('the predictor is a pod of the schema that Kubernetes publishes, with what KServe adds', () => {
  expect(service).toMatchObject({ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' });
  expect(Object.keys(service.spec)).toEqual(['predictor']);
  const { own, pod } = partsOf(service.spec.predictor);
  for (const [name, value] of own) expect(typeof value, name).toBe(kserveFields[name]);
  expect(() => new Pod({ spec: pod as never }).validate()).not.toThrow();
});

test('the schema finds what is wrong', () => {
  const { pod } = partsOf({ ...service.spec.predictor, containers: [{ image: 'hearth-api' }] });
  expect(() => new Pod({ spec: pod as never }).validate()).toThrow(/name/);
});

test('the container answers the v2 protocol where KServe asks', () => {
  const [container] = service.spec.predictor.containers;
  expect(container.name).toBe('kserve-container');
  const port = container.ports[0].containerPort;
  expect(container.env).toContainEqual({ name: 'PORT', value: String(port) });
  expect(container.readinessProbe.httpGet).toEqual({ path: '/v2/health/ready', port });
  expect(container.livenessProbe.httpGet).toEqual({ path: '/v2/health/live', port });
});
