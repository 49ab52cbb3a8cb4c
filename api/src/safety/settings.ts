import { ConfigError } from '../server/config-error.ts';
import { isNetwork } from './networks.ts';

/** Which clients are answered, and how many requests. */
export interface Safety {
  /** Proxies whose `X-Forwarded-For`, `-Host` and `-Proto`, or `Forwarded`, are trusted; without any, the client is the peer of the connection. */
  trustProxy: string[];
  /** POST requests per minute and client; 0 for no limit. */
  rateLimit: number;
  /** Networks whose clients are not limited. */
  rateLimitExempt: string[];
  /** File with the SHA-256 of each key that may request predictions; without it, no key is required. */
  apiKeysFile?: string;
  /** The longest expected wait, in milliseconds; a request that would wait longer is refused with 503. 0 refuses none. */
  shedAfter: number;
}

/** A person moving a slider, or a service with steady traffic, stays below this; a runaway loop does not. */
const requestsPerMinute = 6000;

/** Milliseconds, for a server without `SHED_AFTER_MS`: a client may be a person. */
const shedAfterByDefault = 1000;

/** The defaults; an app without a server, as in tests, sheds nothing. */
export const defaultSafety: Safety = {
  trustProxy: [],
  rateLimit: requestsPerMinute,
  rateLimitExempt: ['loopback', 'linklocal', 'uniquelocal'],
  shedAfter: 0,
};

/** @throws ConfigError for a value that cannot be used */
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
    `${name} holds "${wrong}"; it takes networks such as 10.1.0.0/16, loopback, linklocal or uniquelocal, with commas between`,
  );
}

function readCount(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new ConfigError(`${name} is "${text}"; it takes a whole number, 0 for none`);
}
