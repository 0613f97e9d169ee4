import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DefinitionNode, Kind, parse, type TypeNode } from 'graphql';
import { buildConsole, type ConsoleFiles } from '../console/build.ts';
import type { ConsoleSetup, ExampleOperation } from '../console/page/setup.ts';

export interface Page {
  /** 200 when it is absent. */
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The page may load from this origin alone, and speak to it and to the AWS port on this machine. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self' ws://localhost:* ws://127.0.0.1:* http://localhost:* http://127.0.0.1:*",
  "frame-ancestors 'none'",
].join('; ');

const INDEX = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/main.css">
</head>
<body>
<div id="console"></div>
<script type="module" src="/console/main.js"></script>
</body>
</html>
`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css;charset=UTF-8',
  js: 'text/javascript;charset=UTF-8',
  ttf: 'font/ttf',
};

export interface ConsolePages {
  /** GraphiQL at `/`, its files below `/console/`. Names are looked up in a map and never reach the file system. */
  find(path: string): Promise<Page | null>;
  /** Bundles GraphiQL before somebody waits for it. */
  prepare(): Promise<void>;
}

export function consolePages(options: {
  readonly cacheFolder: string;
  readonly operations: string | null;
  readonly users: string | null;
}): ConsolePages {
  let files: Promise<ConsoleFiles> | undefined;
  const bundled = (): Promise<ConsoleFiles> => (files ??= buildConsole(options.cacheFolder));
  return {
    async find(path) {
      if (path === '/') return page('text/html;charset=UTF-8', Buffer.from(INDEX));
      if (path === '/console/setup.json') {
        const setup = await consoleSetup(options.operations, options.users);
        return page('application/json', Buffer.from(JSON.stringify(setup)));
      }
      if (!path.startsWith('/console/')) return null;
      const name = path.slice('/console/'.length);
      const body = (await bundled()).get(name);
      return body ? page(CONTENT_TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream', body) : null;
    },
    async prepare() {
      await bundled();
    },
  };
}

function page(contentType: string, body: Buffer): Page {
  return {
    headers: {
      'content-type': contentType,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    },
    body,
  };
}

async function consoleSetup(operations: string | null, users: string | null): Promise<ConsoleSetup> {
  return {
    operations: operations === null ? [] : await exampleOperations(operations),
    signIn: users === null ? null : (JSON.parse(await readFile(users, 'utf8')) as ConsoleSetup['signIn']),
  };
}

async function exampleOperations(folder: string): Promise<ExampleOperation[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
  const documents = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const examples = documents.flatMap((document) =>
    parse(document).definitions.flatMap((definition) => example(document, definition)),
  );
  return examples.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const ORDER = ['query', 'mutation', 'subscription'];

function example(document: string, definition: DefinitionNode): ExampleOperation[] {
  if (definition.kind !== Kind.OPERATION_DEFINITION || !definition.name) return [];
  const required = (definition.variableDefinitions ?? []).filter(({ type }) => type.kind === Kind.NON_NULL_TYPE);
  const variables = Object.fromEntries(required.map(({ variable, type }) => [variable.name.value, placeholder(type)]));
  return [
    {
      name: definition.name.value,
      kind: definition.operation,
      document,
      variables: JSON.stringify(variables, null, 2),
    },
  ];
}

/** Something to type over; GraphiQL underlines what the schema does not accept. */
function placeholder(type: TypeNode): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return placeholder(type.type);
  if (type.kind === Kind.LIST_TYPE) return [];
  const name = type.name.value;
  if (name === 'Int' || name === 'Float') return 0;
  if (name === 'Boolean') return false;
  return name.endsWith('Input') ? {} : '';
}
