import { BlockList, isIP } from 'node:net';

/** Networks that have a name, as the `trustProxy` setting of Fastify knows them too. */
const named: Record<string, string[]> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Whether a text names a network: one of the names, an address, or an address with the length of its prefix. */
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

/** An address as proxies write it in `X-Forwarded-For`, perhaps with a port; as Node writes it, perhaps with a zone. */
const written = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/;

/** The address alone; undefined where it is none, such as `unknown`. */
export function addressOf(text: string): string | undefined {
  const [, inBrackets, beforePort] = written.exec(text) ?? [];
  const [address] = (inBrackets ?? beforePort ?? text).split('%', 1);
  return isIP(address) === 0 ? undefined : address;
}

/** Makes the function that says whether an address lies in one of these networks, each of which `isNetwork`. */
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

/** Addresses that are remembered. */
const mostKnown = 10_000;

/** Most requests come from few addresses, and to look one up takes longer than to remember it. */
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
