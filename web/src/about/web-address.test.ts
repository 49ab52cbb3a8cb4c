import { expect, test } from 'vitest';
import { webAddress } from './web-address.ts';

test.each(['https://example.org/a?b#c', 'HTTP://example.org'])('%j is linked', (text) => {
  expect(webAddress(text)).toBe(text);
});

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)//https://',
  'data:text/html,<script>alert(1)</script>',
  '//example.org',
  'LICENSE',
  '',
  undefined,
])('%j is not linked', (text) => {
  expect(webAddress(text)).toBeUndefined();
});
