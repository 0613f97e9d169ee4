import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium as playwright } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { chromium, flags } from '../../../contract/test/report/browser.ts';
import type { LoadReport } from '../../src/load/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'ladder-load-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function load(...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/commands/load.ts'), ...args]);
  const [out, err]: Buffer[][] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out?.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err?.push(chunk));
  return new Promise((done) => {
    child.on('close', (status) => {
      done({ status, stdout: Buffer.concat(out ?? []).toString(), stderr: Buffer.concat(err ?? []).toString() });
    });
  });
}

describe('what cannot be run is refused with what can', { timeout: 30_000 }, () => {
  test.each([
    [['--reads', '0'], '--reads must be a number from 1 to 1000000, not "0".'],
    [['--seconds', '1.5'], '--seconds must be a whole number from 1 to 3600, not "1.5".'],
    [['--rung', 'top'], '--rung must be one of users, users+, users++, users+++, users++++, users+++++, not "top".'],
    [
      ['--pattern', 'flood'],
      '--pattern must be one of steady, business-hours, flash-crowd, like-storm, cold-cache, celebrity, not "flood".',
    ],
    [['--endpoint', 'https://api.example.com/'], '--endpoint https://api.example.com/ is not on this machine'],
    [['--endpoint', 'http://'], '--endpoint must be an address as http://localhost:4000, not "http://".'],
    [['--people', 'nobody.json', '--endpoint', 'http://127.0.0.1:9'], 'http://127.0.0.1:9/config.json does not answer'],
    [['--sped', '1'], "Unknown option '--sped'"],
  ])('%j', async (args, message) => {
    const html = join(folder, 'refused', 'index.html');
    const { status, stdout, stderr } = await load(...args, '--html', html);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error: ${message}`);
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  });

  test('people that are none', async () => {
    const people = join(folder, 'people.json');
    writeFileSync(people, '{"users": "all"}');
    const server = createServer((_request, response) => {
      response.end(JSON.stringify({ endpoint: 'http://127.0.0.1:9/graphql', region: 'us-east-1' }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const { status, stderr } = await load('--endpoint', `http://127.0.0.1:${port}`, '--people', people);
    server.close();
    expect(status).toBe(2);
    expect(stderr).toContain('must be as seed/users.json');
  });
});

describe('a run against a system of its own', { timeout: 150_000 }, () => {
  const html = join(folder, 'run', 'index.html');
  let report: LoadReport;

  test('answers every operation, counts units and keys, and writes one whole page', async () => {
    const args = ['--seconds', '4', '--reads', '300', '--warm-up', '1', '--profile', '--throttle'];
    const { status, stdout, stderr } = await load(...args, '--json', '--html', html);
    expect(status).toBe(0);
    expect(stderr).toMatch(/\d of 4 s, \d+ answers/);
    expect(readdirSync(join(folder, 'run'))).toEqual(['index.html']);
    report = JSON.parse(stdout) as LoadReport;
    expect(report.tally.errors).toEqual([]);
    // What the seed decides: how many arrive in four seconds, and what.
    expect([report.posts, report.people]).toEqual([160, 100]);
    expect(report.traffic.slice(0, 16)).toBe(TRAFFIC);
    expect(report.tally.seconds.map(({ second }) => second)).toEqual([0, 1, 2, 3]);
    const { operations, all } = report.tally;
    expect(operations.reduce((sum, { count }) => sum + count, 0)).toBe(all.count);
    expect(operations[0]?.operation).toBe('Feed');
    expect(all.latency.p50).toBeLessThanOrEqual(all.latency.p95);
    expect(all.latency.p99).toBeLessThanOrEqual(all.latency.max);
    expect(report.used?.resolvers['Viewer.feed']).toBeGreaterThan(0);
    expect(report.used?.stores['edges']?.reads).toBeGreaterThan(20);
    expect(report.used?.stores['posts']?.writes).toBeGreaterThan(0);
    expect(report.used?.hottest[0]?.most).toBeGreaterThan(0);
    const feed = report.operations.find(({ operation }) => operation === 'Feed');
    expect(feed?.resolvers.find(({ field }) => field === 'Post.author')?.runs).toBeGreaterThan(5);
  });

  test.skipIf(chromium === undefined)('the page has no request, no error and nothing that axe finds', async () => {
    const browser = await playwright.launch({ executablePath: chromium ?? '', args: [...flags] });
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 400, height: 800 }, bypassCSP: true });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(html).href) problems.push(request.url());
      });
      await page.goto(pathToFileURL(html).href);
      expect(await page.locator('h1').textContent()).toBe('steady: the same load in every second');
      expect(await page.locator('svg').count()).toBe(2);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    }
    await browser.close();
    expect(readFileSync(html, 'utf8')).toMatch(`traffic ${TRAFFIC}`);
  });
});

/** Of what "hiroba" sends in four seconds at 300 reads a second. */
const TRAFFIC = 'd0425602786d2e04';
