import { parse } from 'yaml';

/** A service in docker-compose.yml: the keys that are used there. */
interface Service {
  image: string;
  restart?: string;
  read_only?: boolean;
  init?: boolean;
  user?: string;
  cap_drop?: string[];
  security_opt?: string[];
  logging?: { driver: string; options?: Record<string, string> };
  mem_limit?: string;
  stop_grace_period?: string;
  environment?: Record<string, string | number>;
  dns_opt?: string[];
  ports?: string[];
  volumes?: string[];
  tmpfs?: string[];
  healthcheck?: {
    test: string[];
    interval?: string;
    timeout?: string;
    start_period?: string;
    retries?: number;
  };
  command?: string[];
}

/** Keys that deploy/rollout handles itself, such as the image and the restart policy. */
const elsewhere = new Set(['image', 'build', 'restart', 'scale', 'depends_on', 'profiles', 'command']);

type Writer = { [K in keyof Service]?: (value: NonNullable<Service[K]>) => string[] };

const each = (option: string) => (values: string[]) => values.map((value) => `--${option}=${value}`);
const pairs = (option: string, values: Record<string, string | number> = {}) =>
  Object.entries(values).map(([key, value]) => `--${option}=${key}=${value}`);

const writers: Writer = {
  read_only: (value) => (value ? ['--read-only'] : []),
  init: (value) => (value ? ['--init'] : []),
  user: (value) => [`--user=${value}`],
  cap_drop: each('cap-drop'),
  security_opt: each('security-opt'),
  logging: ({ driver, options }) => [`--log-driver=${driver}`, ...pairs('log-opt', options)],
  mem_limit: (value) => [`--memory=${value}`],
  stop_grace_period: (value) => [`--stop-timeout=${Number.parseInt(value, 10)}`],
  environment: (values) => pairs('env', values),
  dns_opt: each('dns-option'),
  ports: each('publish'),
  volumes: (values) => values.map((value) => `--volume=${value.replace(/^\.\//, '$' + '{HEARTH_HOME}/')}`),
  tmpfs: each('tmpfs'),
  healthcheck: ({ test, interval, timeout, start_period, retries }) => [
    `--health-cmd=${test.slice(1).join(' ')}`,
    ...(interval ? [`--health-interval=${interval}`] : []),
    ...(timeout ? [`--health-timeout=${timeout}`] : []),
    ...(start_period ? [`--health-start-period=${start_period}`] : []),
    ...(retries ? [`--health-retries=${retries}`] : []),
  ],
};

/**
 * The arguments of `docker create` for a service of docker-compose.yml, one per line, and after a line `--` its command. deploy/rollout reads
 * them, because its hosts may have neither Compose nor Node.
 * @throws TypeError for an unsupported key
 */
export function createArguments(composeFile: string, service: string): string {
  const { services } = parse(composeFile, { merge: true }) as { services: Record<string, Service> };
  const lines = Object.entries(services[service]).flatMap(([key, value]) => {
    if (elsewhere.has(key)) return [];
    const write = writers[key as keyof Service] as ((value: unknown) => string[]) | undefined;
    if (!write)
      throw new TypeError(
        `docker-compose.yml, ${service}: deploy/containers/arguments.ts does not support "${key}"; add it there`,
      );
    return write(value);
  });
  const { command = [] } = services[service];
  return `${[...lines, '--', ...command].join('\n')}\n`;
}
