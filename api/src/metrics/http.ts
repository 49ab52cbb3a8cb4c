import type { FastifyInstance } from 'fastify';
import { Gauge, type Registry } from 'prom-client';
import { Buckets, CollectedHistogram } from './histogram.ts';

/** Seconds: from a single row to a batch that waited for other batches. */
export const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Counts requests by route, not by address, so that clients cannot add series. */
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
    help: 'Seconds from the arrival of a request to the end of its response, by route and class of status.',
    *collect() {
      for (const [route, classes] of routes)
        for (const [statusClass, buckets] of classes.entries())
          if (buckets) yield { labels: { route, status: `${statusClass}xx` }, buckets };
    },
  });
  new Gauge({
    name: 'hearth_http_requests_in_flight',
    help: 'Requests that are not answered yet.',
    registers: [register],
    collect() {
      this.set(inFlight);
    },
  });
  new Gauge({
    name: 'hearth_batches_in_work',
    help: 'Batches that are being answered or waiting.',
    registers: [register],
    collect() {
      this.set(app.batchesInWork());
    },
  });
}

/** All files of the page share one label, as do all unknown addresses. */
function routeLabel(url: string | undefined): string {
  if (url === undefined) return 'none';
  return url.startsWith('/assets/') ? '/assets/*' : url;
}
