import axe from 'axe-core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '../../src/report/html.ts';
import { markdown } from '../../src/report/markdown.ts';
import type { Review } from '../../src/review/review.ts';
import { accessChanges } from '../changes/accessChanges.ts';
import { add, replace } from '../changes/edits.ts';
import { schemaChanges } from '../changes/schemaChanges.ts';
import { reviewOf } from '../changes/sides.ts';
import { chromium, flags } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'hiroba-review-page-'));
const file = join(folder, 'index.html');
let browser: Browser;
let review: Review;

beforeAll(async () => {
  const edits = [accessChanges, schemaChanges].flatMap(([change]) => change?.edits ?? []);
  // What a change brings is text, whatever it looks like.
  const hostile = add(
    'schema/viewer.graphql',
    'Settings',
    '"""\n  <script>alert(1)</script> | `x` @all\n  """\n  theme: String',
  );
  const named = replace(
    'schema/operations/Page.graphql',
    '# clients: web',
    '# clients: web, <img src=x onerror=alert(1)>',
  );
  review = await reviewOf([], [...edits, hostile, named]);
  writeFileSync(file, html(review));
  if (chromium !== undefined) browser = await playwright.launch({ executablePath: chromium, args: [...flags] });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

describe.skipIf(chromium === undefined)('the page, in a browser', () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('in %s at %i pixels: no error, no request, nothing that axe finds', async (colorScheme, width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('dialog', (dialog) => problems.push(`a dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) problems.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator('h1').textContent()).toBe('Blocked by 5; 3 safe');
    expect(await page.locator('#access').textContent()).toBe('Access');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('its links lead to its parts, also by keyboard', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the findings');
    const targets = await page
      .locator('nav a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(targets).toHaveLength(8);
    for (const target of targets) expect(await page.locator(target).count()).toBe(1);
    await page.close();
  });
});

describe('both reports', () => {
  test('are the same bytes for the same review', async () => {
    expect(html(structuredClone(review))).toBe(html(review));
    expect(markdown(structuredClone(review))).toBe(markdown(review));
  });

  test('show names from the change as text', () => {
    expect(html(review)).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html(review)).not.toContain('<img');
    expect(markdown(review)).toContain('\\<img src=x onerror=alert(1)\\>');
  });

  test('the comment has what blocks first and fits into one of GitHub', () => {
    const text = markdown(review);
    expect(text.split('\n')[0]).toBe('## ⛔ Contract review: Blocked by 5; 3 safe');
    expect(text).toContain('- ⛔ `Query.moderationQueue` every member is let in: group moderators -\\> members');
    const many = { ...review, findings: Array.from({ length: 2_000 }, () => review.findings).flat() };
    expect(markdown(many).length).toBeLessThan(65_536);
    expect(markdown(many)).toContain('and more: see review/index.html');
  });
});
