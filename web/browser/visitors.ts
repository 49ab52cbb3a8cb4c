import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeAll, inject } from 'vitest';
import { complaintsOf, desktop, newPage, type Visit, visit } from './chromium.ts';
import { connectChromium } from './connect.ts';

/** Opens pages for the tests of one file. */
export interface Visitors {
  readonly browser: Browser;
  /** Opens a page as a new visitor, in a window that an earlier test may have used. */
  visit(url: string, options?: BrowserContextOptions): Promise<Visit>;
  /** The same in a new window, for a test that changes what a page cannot be rid of, such as its clock. It takes a second more. */
  visitAnew(url: string, options?: BrowserContextOptions): Promise<Visit>;
}

/** A window; `kind` is the options that it was opened with and keeps. */
interface Window {
  kind: string;
  page: Page;
  isTaken: boolean;
}

/** The windows of this worker: to open one takes Chromium three times as long as to load the page in it. */
const windows: Window[] = [];

/** Pages for the tests of this file; after each test its pages are left. */
export function visitors(): Visitors {
  let browser: Browser;
  beforeAll(async () => {
    browser = await connectChromium();
  });
  afterEach(async () => {
    const kept = new Set(windows.map(({ page }) => page.context()));
    await Promise.all([
      ...browser.contexts().map((context) => !kept.has(context) && context.close()),
      ...windows.map((window) => window.isTaken && leave(window)),
    ]);
  });
  return {
    get browser() {
      return browser;
    },
    async visit(url, options = {}) {
      const page = await takeWindow(browser, options);
      const complaints = complaintsOf(page);
      await page.goto(url);
      return { page, complaints };
    },
    visitAnew: (url, options) => visit(browser, url, options),
  };
}

async function takeWindow(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const {
    viewport = desktop,
    colorScheme = 'light',
    reducedMotion = 'no-preference',
    forcedColors = 'none',
    ...others
  } = options;
  const fixed = { locale: 'en-US', ...others };
  const kind = JSON.stringify(fixed);
  let window = windows.find((one) => one.kind === kind && !one.isTaken);
  if (!window) {
    window = { kind, page: await newPage(browser, fixed), isTaken: true };
    windows.push(window);
  }
  window.isTaken = true;
  const { page } = window;
  await page.emulateMedia({ colorScheme, reducedMotion, forcedColors });
  if (viewport) await page.setViewportSize(viewport);
  return page;
}

/** Makes a window as if nobody had used it. */
async function leave(window: Window): Promise<void> {
  const { page } = window;
  const context = page.context();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await Promise.all(context.pages().map((one) => one !== page && one.close()));
  await context.setOffline(false);
  await context.clearCookies();
  await page.evaluate(() => localStorage.clear());
  await page.goto(inject('emptyPage')); // of the same site: for about:blank Chromium would start another process
  await page.emulateMedia({ media: null });
  await page.mouse.move(0, 0);
  for (const event of ['console', 'pageerror', 'request', 'response']) page.removeAllListeners(event);
  window.isTaken = false;
}
