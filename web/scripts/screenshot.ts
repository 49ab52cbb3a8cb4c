/** Takes the picture of the page that the README shows: `node --run screenshot` in web/, after the build. */
import { join } from 'node:path';
import { startChromium, visit } from '../browser/chromium.ts';
import { startHearth } from '../browser/servers.ts';

const browser = await startChromium();
const hearth = await startHearth();
const { page } = await visit(browser, hearth.url, { viewport: { width: 1280, height: 1000 } });
await page.locator('#field-age').fill('58');
await page.locator('#field-age').blur();
await page.locator('[role=status]', { hasText: '%' }).waitFor({ state: 'attached' });
await page.screenshot({ path: join(import.meta.dirname, '../screenshot.png') });
await browser.close();
await hearth.stop();
