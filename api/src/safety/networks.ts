import { BlockList, isIP } from 'node:net';

/** Networks with a name; the same names as in Fastify's `trustProxy`. */
const named: Record<string, string[]> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Whether a text is a network: a name, an address, or an address with the length of its prefix. */
export function isNetwork(text: string): boolean {
  if (Object.hasOwn(named, text)) return true;
  const [address, length, ...more] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    more.length === 0 &&
    bits > 0 &&
    (length === undefined || (/^\d+$/.test(length) && Number(length) <= bits))
  );
}

/** An address in brackets or with a port, as proxies write it in `X-Forwarded-For`. */
const written = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/;

/** The address without brackets, port and zone (`fe80::1%eth0`); undefined for a text that is not an address, such as `unknown`. */
export function addressOf(text: string): string | undefined {
  const [, inBrackets, beforePort] = written.exec(text) ?? [];
  const [address] = (inBrackets ?? beforePort ?? text).split('%', 1);
  return isIP(address) === 0 ? undefined : address;
}

/** @returns a function that tells whether an address lies in one of these networks, each of which `isNetwork` */
export function inNetworks(networks: readonly string[]): (text: string) => boolean {
  const list = new BlockList();
  for (const network of networks.flatMap((text) => named[text] ?? [text])) {
    const [address, length] = network.split('/');
    if (length === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(length), family(address));
  }
  return remember((text) => {
    const address = addressOf(text);
    return address !== undefined && list.check(address, family(address));
  });
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** How many addresses are cached. */
const mostKnown = 10_000;

/** Most requests come from few addresses, and a lookup in this cache is faster than the check. */
function remember(check: (address: string) => boolean): (address: string) => boolean {
  const known = new Map<string, boolean>();
  return (address) => {
    let answer = known.get(address);
    if (answer === undefined) {
      if (known.size >= mostKnown) known.clear();
      answer = check(address);
      known.set(address, answer);
    }
    return answer;
  };
}
