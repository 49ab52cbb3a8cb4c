import type { FastifyInstance } from 'fastify';
import { Gauge, type Registry } from 'prom-client';
import { Buckets, CollectedHistogram } from './histogram.ts';

/** Seconds: from a single row to a batch that somebody else's batches held up. */
const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Counts requests by route, not by address: whatever is asked for, the number of series stays the same. */
export function addHttpMetrics(app: FastifyInstance, register: Registry): void {
  const routes = new Map<string, (Buckets | undefined)[]>();
  let inFlight = 0;

  app.addHook('onRequest', (_request, _reply, done) => {
    inFlight++;
    done();
  });
  app.onAnswered(({ route, status, milliseconds }) => {
    inFlight--;
    const label = routeLabel(route);
    let classes = routes.get(label);
    if (!classes) {
      classes = [];
      routes.set(label, classes);
    }
    const statusClass = Math.floor(status / 100);
    classes[statusClass] ??= new Buckets(seconds);
    classes[statusClass].add(milliseconds / 1000);
  });

  new CollectedHistogram({
    register,
    name: 'hearth_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer, by route and class of status.',
    *collect() {
      for (const [route, classes] of routes)
        for (const [statusClass, buckets] of classes.entries())
          if (buckets) yield { labels: { route, status: `${statusClass}xx` }, buckets };
    },
  });
  new Gauge({
    name: 'hearth_http_requests_in_flight',
    help: 'Requests that have arrived and are not answered.',
    registers: [register],
    collect() {
      this.set(inFlight);
    },
  });
  new Gauge({
    name: 'hearth_batches_in_work',
    help: 'Batches that are being answered or wait for their turn.',
    registers: [register],
    collect() {
      this.set(app.batchesInWork());
    },
  });
}

/** Files of the page are one route, and so is all that does not exist. */
function routeLabel(url: string | undefined): string {
  if (url === undefined) return 'none';
  return url.startsWith('/assets/') ? '/assets/*' : url;
}
