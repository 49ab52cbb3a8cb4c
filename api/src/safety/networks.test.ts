import { expect, test, vi } from 'vitest';
import { addressOf, inNetworks, isNetwork } from './networks.ts';

test.each([
  'loopback',
  'linklocal',
  'uniquelocal',
  '10.1.0.0/16',
  '10.1.2.3',
  '10.1.2.3/0',
  '10.1.2.3/32',
  '::1',
  'fe80::/10',
  'fd00::1/128',
])('%s is a network', (text) => {
  expect(isNetwork(text)).toBe(true);
});

test.each([
  '',
  'everyone',
  'toString',
  '10.1.0',
  'example.org',
  '10.1.0.0/33',
  'fd00::/129',
  '10.1.0.0/',
  '10.1.0.0/a',
  '10.1.0.0/1a',
  '10.1.0.0/a1',
  '10.1.0.0/-1',
  '10.1.0.0/16/16',
  'everyone/8',
  'loopback/8',
])('%j is not a network', (text) => {
  expect(isNetwork(text)).toBe(false);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:40123', '203.0.113.7'],
  ['2001:db8::7', '2001:db8::7'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['[2001:db8::7]:40123', '2001:db8::7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['[fe80::1%eth0]:80', 'fe80::1'],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
])('the address of %s is %s', (text, address) => {
  expect(addressOf(text)).toBe(address);
});

test.each([
  'unknown',
  '',
  '%eth0',
  '10.0.0.1:',
  '10.0.0.1:80x',
  'x10.0.0.1:80',
  '10.0.0:80',
  '[10.0.0.1',
  '[]',
  '[::1]x',
  'x[::1]',
  '[::1]:',
  '[::1]:x',
])('%j has no address', (text) => {
  expect(addressOf(text)).toBeUndefined();
});

test.each([
  ['loopback', '127.0.0.1', '126.255.255.255'],
  ['loopback', '127.255.255.255', '128.0.0.0'],
  ['loopback', '::1', '::2'],
  ['linklocal', '169.254.0.0', '169.253.255.255'],
  ['linklocal', '169.254.255.255', '169.255.0.0'],
  ['linklocal', 'fe80::', 'fe7f::'],
  ['linklocal', 'febf::', 'fec0::'],
  ['uniquelocal', '10.0.0.0', '9.255.255.255'],
  ['uniquelocal', '10.255.255.255', '11.0.0.0'],
  ['uniquelocal', '172.16.0.0', '172.15.255.255'],
  ['uniquelocal', '172.31.255.255', '172.32.0.0'],
  ['uniquelocal', '192.168.0.0', '192.167.255.255'],
  ['uniquelocal', '192.168.255.255', '192.169.0.0'],
  ['uniquelocal', 'fc00::', 'fbff::'],
  ['uniquelocal', 'fdff::', 'fe00::'],
  ['10.1.2.3', '10.1.2.3', '10.1.2.4'],
  ['2001:db8::7', '2001:db8::7', '2001:db8::8'],
  ['2001:db8::/33', '2001:db8:7fff::', '2001:db8:8000::'],
  ['10.1.2.128/25', '10.1.2.128:80', '10.1.2.127:80'],
  ['10.1.2.3/0', '203.0.113.7', '2001:db8::7'],
])('%s begins or ends between %s and %s', (network, inside, outside) => {
  const isInside = inNetworks(['192.0.2.9', network]);
  expect([isInside('192.0.2.9'), isInside(inside), isInside(outside), isInside('unknown')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('without networks no address is in one', () => {
  expect(inNetworks([])('127.0.0.1')).toBe(false);
});

test('the answers for ten thousand addresses are cached, and no more', () => {
  const isInside = inNetworks(['10.0.0.0/16']);
  const clear = vi.spyOn(Map.prototype, 'clear');
  const set = vi.spyOn(Map.prototype, 'set');
  const address = (i: number) => `10.0.${i >> 8}.${i & 255}`;
  for (let i = 0; i < 10_000; i++) isInside(address(i));
  expect([set.mock.calls.length, clear.mock.calls.length]).toEqual([10_000, 0]);
  expect(isInside(address(0))).toBe(true);
  expect(set).toHaveBeenCalledTimes(10_000);
  expect(isInside('192.0.2.1')).toBe(false);
  expect(isInside('192.0.2.1')).toBe(false);
  expect([set.mock.calls.length, clear.mock.calls.length]).toEqual([10_001, 1]);
  vi.restoreAllMocks();
});
