import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repository } from './testing/application.ts';

interface Service {
  readonly name: string;
  readonly provider: string;
  readonly purpose: string;
  readonly told: string;
  readonly required: boolean;
  readonly attestation: { readonly standard: string; readonly url: string };
  readonly hosts: readonly string[];
}

const { services } = parse(readFileSync(join(repository, 'dependencies.yml'), 'utf8')) as { services: Service[] };

/** What is deployed or deploys. The local system calls nobody; checks and drawings name the pages that explain them. */
const SOURCES = ['infra/**/*.ts', 'lambdas/**/*.ts', 'resolvers/**/*.ts', 'schema/*.ts', 'seed/*.ts'];
const NOT_RUN =
  /\.test\.ts$|\/testing\/|^infra\/rules\/|^infra\/diagram\/|^infra\/bill\/|^infra\/sla\/|^infra\/terraform\/|^resolvers\/generated\//;

/** Addresses, and names that are a host and nothing else. Top-level domains, since `handler.ts` and `util.time` look alike. */
const ADDRESS = /\bhttps?:\/\/([a-z0-9][a-z0-9.-]*\.[a-z]+)/gi;
const HOST = /^((?:[a-z0-9-]+\.)+(?:com|net|org|io|me|app|dev|cloud|jp|eu))$/i;

/** Kept for examples by RFC 2606, and this machine. */
const NOBODY = /(^|\.)(example(\.(com|net|org))?|localhost|test|invalid)$/;

/** Hosts in the strings of a source. Comments lead readers to documentation and call nobody. */
function hostsIn(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node))
      found.push(...hostsOf(node.text));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return found;
}

function hostsOf(text: string): string[] {
  const bare = HOST.exec(text.trim())?.[1];
  const addressed = [...text.matchAll(ADDRESS)].map(([, host = '']) => host);
  return [...addressed, ...(bare ? [bare] : [])].map((host) => host.toLowerCase()).filter((host) => !NOBODY.test(host));
}

const belongs = (host: string) =>
  services.some(({ hosts }) => hosts.some((known) => host === known || host.endsWith(`.${known}`)));

describe('external services', () => {
  test('are listed with who runs them, why, what they are told, and their attestation', () => {
    expect(services.map(({ name }) => name)).toEqual([
      'Amazon Web Services',
      'GitHub',
      'HashiCorp',
      'PagerDuty',
      'Slack',
      'LINE',
    ]);
    for (const { name, provider, purpose, told, required, attestation, hosts } of services) {
      expect([name, provider, purpose, told].every((text) => typeof text === 'string' && text.length > 2)).toBe(true);
      expect(typeof required).toBe('boolean');
      expect(attestation.standard).toMatch(/27001/);
      expect(new URL(attestation.url).protocol).toBe('https:');
      expect(hosts.length).toBeGreaterThan(0);
    }
  });

  test('are all that the code names', () => {
    const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: repository })).filter(
      (path) => !NOT_RUN.test(path),
    );
    expect(files.length).toBeGreaterThan(150);
    const unknown = files.flatMap((path) =>
      hostsIn(path, readFileSync(join(repository, path), 'utf8'))
        .filter((host) => !belongs(host))
        .map((host) => `${path} names ${host}, which has no row in dependencies.yml`),
    );
    expect(unknown).toEqual([]);
  });

  test('are found in strings and templates, and not in comments', () => {
    const text = [
      '// https://docs.example.net/ says',
      "const a = 'https://api.telegram.org/bot';",
      "const b = ['hooks.chat.io', 'handler.ts', 'https://chat.example.org'];",
      'const c = `https://eu.sentry.io/${a}`;',
    ].join('\n');
    expect(hostsIn('some.ts', text)).toEqual(['api.telegram.org', 'hooks.chat.io', 'eu.sentry.io']);
    expect(
      ['events.eu.pagerduty.com', 'dynamodb.us-east-1.amazonaws.com', 'pagerduty.com.evil.io'].map(belongs),
    ).toEqual([true, true, false]);
  });
});
