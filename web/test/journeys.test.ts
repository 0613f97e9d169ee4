import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium, flags } from '../../packages/contract/test/report/browser.ts';
import { type Site, startSite } from './support/site.ts';
import { enterAs, expectAccessible, visit, type Visitor } from './support/visit.ts';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  if (chromium === undefined) return;
  site = await startSite();
  browser = await playwright.launch({ executablePath: chromium, args: [...flags] });
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const visitors: readonly (Visitor & { readonly says: string; readonly feed: string; readonly signIn: string })[] = [
  { language: 'ja-JP', size: 'phone', says: '広場の話題', feed: 'あなたのフィード', signIn: 'サインイン' },
  {
    language: 'ja-JP',
    size: 'desktop',
    dark: true,
    says: '広場の話題',
    feed: 'あなたのフィード',
    signIn: 'サインイン',
  },
  {
    language: 'en-US',
    size: 'phone',
    dark: true,
    says: 'What the square talks about',
    feed: 'Your feed',
    signIn: 'Sign in',
  },
  { language: 'en-US', size: 'desktop', says: 'What the square talks about', feed: 'Your feed', signIn: 'Sign in' },
];

describe.skipIf(chromium === undefined)('the site', () => {
  test.each(visitors)(
    '$language, $size: the front page by cached reads, and one click to be somebody',
    async (visitor) => {
      const { page, problems, end } = await visit(browser, site.url, visitor);
      const read = page.waitForResponse((response) => new URL(response.url()).pathname.startsWith('/q/'));
      await page.reload();
      const { headers, status } = await read.then((response) => ({
        headers: response.headers(),
        status: response.status(),
      }));
      expect([status, headers['x-cache']?.endsWith('from cloudfront')]).toEqual([200, true]);
      await page.locator('article').first().waitFor();
      expect(await page.locator('h1').textContent()).toBe(visitor.says);
      expect(await page.locator('html').getAttribute('lang')).toBe(visitor.language.slice(0, 2));
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await expectAccessible(page);
      await enterAs(page, 'Emily Dickinson');
      await page.getByRole('heading', { level: 1, name: visitor.feed }).waitFor();
      await page.locator('article').nth(5).waitFor();
      await expectAccessible(page);
      // A page further, by scrolling alone.
      await page.locator('article').nth(19).scrollIntoViewIfNeeded();
      await page.locator('article').nth(25).waitFor();
      expect(problems).toEqual([]);
      await end();
    },
  );

  test('two see each other’s comments and likes without reloading, in their languages', async () => {
    const english = await visit(browser, site.url, { language: 'en-US', size: 'desktop' });
    const japanese = await visit(browser, site.url, { language: 'ja-JP', size: 'phone' });
    await enterAs(english.page, 'Walt Whitman');
    await english.page.getByLabel('What would you like to say?').fill('I sing the body electric');
    await english.page.getByRole('button', { name: 'Post', exact: true }).click();
    const own = english.page.locator('article').filter({ hasText: 'I sing the body electric' });
    await own.waitFor();
    await own.getByRole('link', { name: '0 comments' }).click();
    await english.page.waitForURL(/\/post\?id=/);
    await english.page.getByLabel('Write a comment').waitFor();

    await enterAs(japanese.page, '清少納言');
    await japanese.page.goto(english.page.url());
    await japanese.page.getByLabel('コメントを書く').waitFor();
    await english.page.getByText('New comments appear by themselves.').waitFor();
    await japanese.page.getByText('新しいコメントは自動で現れます。').waitFor();
    await japanese.page.getByLabel('コメントを書く').fill('いとをかし');
    await japanese.page.getByRole('button', { name: 'コメントする' }).click();
    await english.page.getByText('いとをかし').waitFor();
    await english.page.getByLabel('Write a comment').fill('Thank you');
    await english.page.getByRole('button', { name: 'Comment' }).click();
    await japanese.page.getByText('Thank you').waitFor();
    expect(await japanese.page.locator('.comments li').count()).toBe(2);

    await japanese.page.getByRole('button', { name: /^いいね, / }).click();
    await english.page.getByRole('button', { name: /1 like/ }).waitFor();
    await expectAccessible(english.page);
    await expectAccessible(japanese.page);
    expect([...english.problems, ...japanese.problems]).toEqual([]);
    await english.end();
    await japanese.end();
  });

  test('somebody new signs up with the mailed code, chooses a handle, and writes', async () => {
    const { page, problems, end } = await visit(browser, `${site.url}signup`, { language: 'en-US', size: 'phone' });
    const address = 'newcomer@example.com';
    await page.getByLabel('E-mail').fill(address);
    await page.getByLabel('Password').fill('a long enough sentence');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByText(`We have sent a code to ${address}.`).waitFor();
    await expectAccessible(page);
    const [code = ''] = /\b\d{6}\b/.exec(await site.mailTo(address)) ?? [];
    await page.getByLabel('The code from the mail').fill(code);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByLabel('Your handle').fill('newcomer');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Choose a handle' }).click();
    await page.getByLabel('What would you like to say?').fill('Hello, square');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.locator('article').filter({ hasText: 'Hello, square' }).waitFor();

    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByLabel('Search people by their handle').fill('dick');
    await page.getByRole('link', { name: /Emily Dickinson/ }).click();
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await page.getByRole('button', { name: 'Unfollow' }).waitFor();
    await expectAccessible(page);
    expect(problems).toEqual([]);
    await end();
  });

  test('what is wrong is said in a sentence, and a code of the contract as well', async () => {
    const { page, end } = await visit(browser, `${site.url}signin`, { language: 'ja-JP', size: 'phone' });
    await page.getByLabel('メールアドレス').fill('sei@example.com');
    await page.getByLabel('パスワード').fill('wrong');
    await page.locator('main form').getByRole('button', { name: 'サインイン' }).click();
    await page.getByText('メールアドレスかパスワードが違います。').waitFor();
    await enterAs(page, '清少納言');
    await page.getByLabel('いま何を書きますか').fill('あ'.repeat(3_000));
    await page.getByRole('button', { name: '投稿する' }).click();
    await page.getByText('長すぎます。').waitFor();
    await end();
  });

  test('offline it says so, and goes on when the connection is back', async () => {
    const { page, context, end } = await visit(browser, site.url, { language: 'en-US', size: 'phone' });
    await enterAs(page, 'Jane Austen');
    await page.locator('article').first().waitFor();
    await context.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await page.getByLabel('What would you like to say?').fill('Written on a train');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.locator('main').getByRole('alert').waitFor();
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.locator('article').filter({ hasText: 'Written on a train' }).waitFor();
    expect(await page.locator('article').filter({ hasText: 'Written on a train' }).count()).toBe(1);
    await end();
  });

  test('notifications, help and what is not there', async () => {
    const { page, problems, end } = await visit(browser, site.url, { language: 'ja-JP', size: 'phone' });
    await enterAs(page, '松尾芭蕉');
    await page.getByRole('link', { name: /^お知らせ/ }).click();
    await page.locator('.notifications li').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'ヘルプ' }).click();
    await page.getByRole('heading', { level: 1, name: 'ヘルプ' }).waitFor();
    await page.locator('main p, main li').nth(2).waitFor();
    await expectAccessible(page);
    expect(problems).toEqual([]);
    const response = await page.goto(`${site.url}nowhere`);
    expect(response?.status()).toBe(404);
    await page.getByText('ここには何もありません。').first().waitFor();
    await end();
  });
});
