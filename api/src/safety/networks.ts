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

/** Makes the function that says whether an address lies in one of these networks, each of which `isNetwork`. */
export function inNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks.flatMap((text) => named[text] ?? [text])) {
    const [address, length] = network.split('/');
    if (length === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(length), family(address));
  }
  return (address) => list.check(address, family(address));
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
