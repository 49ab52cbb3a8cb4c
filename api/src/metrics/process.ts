import { collectDefaultMetrics, type Registry } from 'prom-client';

/** Named as totals without being counters, which Prometheus' own rules (promtool check metrics) do not allow. */
const misnamed = [
  'nodejs_active_resources_total',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
];

/** Processor, memory, garbage collection and the delay of the event loop. */
export function addProcessMetrics(register: Registry): void {
  collectDefaultMetrics({ register });
  for (const name of misnamed) register.removeSingleMetric(name);
}
