import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
} as const;

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What must not have been: errors of the page, of its policy, and requests to other machines. */
  readonly problems: readonly string[];
  end(): Promise<void>;
}

export interface Visitor {
  readonly language: 'ja-JP' | 'en-US';
  readonly size: keyof typeof sizes;
  readonly dark?: boolean;
}

/** Opens a page of the site as somebody with a language and a size of screen. */
export async function visit(browser: Browser, url: string, { language, size, dark = false }: Visitor): Promise<Visit> {
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (!/(^|\.)localhost$|^127\.0\.0\.1$/.test(hostname) && !request.url().startsWith('data:'))
      problems.push(`asks ${request.url()}`);
  });
  await page.goto(url);
  return { page, context, problems, end: () => context.close() };
}

/** Nothing that axe finds. The page's policy lets no other script in, so it is run as the browser's own. */
export async function expectAccessible(page: Page): Promise<void> {
  const violations = await page.evaluate(
    `(() => { ${axe.source}; return axe.run().then((result) => result.violations); })()`,
  );
  const found = (violations as { id: string; nodes: { html: string }[] }[]).map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
  );
  expect(found).toEqual([]);
}

export async function enterAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.locator('form.compose').waitFor();
}
