import { ConfigError } from '../server/config-error.ts';
import { isNetwork } from './networks.ts';

/** Who may ask how much. */
export interface Safety {
  /** Proxies whose `X-Forwarded-For`, `-Host` and `-Proto` are believed; without one, the client is who opened the connection. */
  trustProxy: string[];
  /** POST requests per minute and client; 0 for no limit. */
  rateLimit: number;
  /** Networks whose clients are not limited. */
  rateLimitExempt: string[];
  /** File with the SHA-256 of each key that may ask for predictions; without it, no key is asked for. */
  apiKeysFile?: string;
  /** Milliseconds that a request may have to wait for others before it is refused with 503; 0 to refuse none. */
  shedAfter: number;
}

/** A person moving a slider, or a service asking all day, stays below this; a loop gone wild does not. */
const requestsPerMinute = 6000;

/** A client may be a person; a server that is told nothing else sheds from here on. */
const shedAfterByDefault = 1000;

/** What holds where nothing is said; an app that is asked in process sheds nothing. */
export const defaultSafety: Safety = {
  trustProxy: [],
  rateLimit: requestsPerMinute,
  rateLimitExempt: ['loopback', 'linklocal', 'uniquelocal'],
  shedAfter: 0,
};

/** Reads the settings. @throws ConfigError for a value that cannot be used. */
export function readSafety(env: NodeJS.ProcessEnv): Safety {
  return {
    trustProxy: readNetworks('TRUST_PROXY', env.TRUST_PROXY, defaultSafety.trustProxy),
    rateLimit: readCount('RATE_LIMIT', env.RATE_LIMIT, defaultSafety.rateLimit),
    rateLimitExempt: readNetworks('RATE_LIMIT_EXEMPT', env.RATE_LIMIT_EXEMPT, defaultSafety.rateLimitExempt),
    apiKeysFile: env.API_KEYS_FILE || undefined,
    shedAfter: readCount('SHED_AFTER_MS', env.SHED_AFTER_MS, shedAfterByDefault),
  };
}

function readNetworks(name: string, text: string | undefined, fallback: string[]): string[] {
  if (text === undefined) return fallback;
  const networks = text
    .split(',')
    .map((network) => network.trim())
    .filter(Boolean);
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong === undefined) return networks;
  throw new ConfigError(
    `${name} holds "${wrong}"; it takes networks such as 10.1.0.0/16, loopback, linklocal or uniquelocal, separated by commas`,
  );
}

function readCount(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ConfigError(`${name} is "${text}"; it takes a whole number, 0 for none`);
}
