import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { launchOptions } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the Chromium that all browser test files share. */
    chromium: string;
    /** The address of an empty page on the host of the tests' servers. */
    emptyPage: string;
  }
}

/** Starts one Chromium and one empty page for all test files, and stops them after the last one. */
export default async function shareChromium(project: TestProject): Promise<() => Promise<void>> {
  const browsers = await chromium.launchServer(launchOptions);
  project.provide('chromium', browsers.wsEndpoint());
  const pages = createServer((_request, reply) => {
    reply.setHeader('content-type', 'text/html').end('<!doctype html>');
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
  project.provide('emptyPage', `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
  return async () => {
    await browsers.close();
    pages.close();
    pages.closeAllConnections();
  };
}
