/** As the inspector of V8 has it. https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}
interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

export interface SelfTimes {
  /** Microseconds by folder of ours, package, or part of Node. */
  readonly places: ReadonlyMap<string, number>;
  /** Microseconds by function and line. */
  readonly functions: ReadonlyMap<string, number>;
  /** All but waiting, and profiling. */
  readonly busy: number;
}

const WAITING = new Set(['(idle)', '(root)']);
/** What starts and ends the profile. */
const INSPECTOR = 'node:inspector';
const OURS = /\/(packages\/local\/src|measure|infra)(\/.*)?\/[^/]+$/;
const PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/;
const NODE = /^node:(?:internal\/)?([a-z_]+)/;

/** How long each place was at the top of the stack. */
export function selfTimes({ nodes, samples = [], timeDeltas = [] }: CpuProfile): SelfTimes {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const parentOf = ({ id }: ProfileNode): ProfileNode | undefined => byId.get(parents.get(id) ?? -1);
  const places = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  for (const [index, sample] of samples.entries()) {
    const node = byId.get(sample);
    if (!node || WAITING.has(node.callFrame.functionName) || node.callFrame.url === INSPECTOR) continue;
    const time = timeDeltas[index] ?? 0;
    busy += time;
    add(places, placeOf(node, parentOf), time);
    add(functions, functionOf(node, parentOf), time);
  }
  return { places, functions, busy };
}

type ParentOf = (node: ProfileNode) => ProfileNode | undefined;

function placeOf(node: ProfileNode, parentOf: ParentOf): string {
  const { functionName, url } = node.callFrame;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'Node outside JavaScript (sockets, event loop)';
  const caller = url === '' ? callerOf(node, parentOf) : undefined;
  if (url === '' && isSqlite(caller)) return 'SQLite';
  const place = placeOfUrl(caller?.callFrame.url ?? url);
  return url === '' ? `${place}, in built-ins that it calls` : place;
}

function functionOf(node: ProfileNode, parentOf: ParentOf): string {
  const { functionName, url } = node.callFrame;
  const named = functionName === '' ? '(anonymous)' : functionName;
  if (functionName.startsWith('(') || url !== '') return url === '' ? named : `${named}  ${locationOf(node)}`;
  const caller = callerOf(node, parentOf);
  return caller ? `${named}, called by ${caller.callFrame.functionName}  ${locationOf(caller)}` : named;
}

/** Built-ins have no address; who called them has. */
function callerOf(node: ProfileNode, parentOf: ParentOf): ProfileNode | undefined {
  let caller = parentOf(node);
  while (caller && caller.callFrame.url === '') caller = parentOf(caller);
  return caller;
}

/** Statements are prepared and run in these files alone. */
const isSqlite = (caller: ProfileNode | undefined): boolean =>
  /\/packages\/local\/src\/(database\.ts|services\/dynamodb\/(tableStore|stream|catalog|expiry)\.ts)/.test(
    caller?.callFrame.url ?? '',
  );

function placeOfUrl(url: string): string {
  const [, tree, folder = ''] = OURS.exec(url) ?? [];
  if (tree !== undefined) return `${tree}${folder}`;
  const [, name] = PACKAGE.exec(url) ?? [];
  if (name !== undefined) return `package ${name}`;
  const [, part] = NODE.exec(url) ?? [];
  if (part !== undefined) return `node:${part}`;
  if (url.startsWith('library/')) return 'packages/local/src/services/appsync/javascript/library';
  return url.startsWith('appsync:') ? "resolvers' own code (APPSYNC_JS)" : 'other';
}

const locationOf = ({ callFrame: { url, lineNumber } }: ProfileNode): string =>
  `${url.replace(/^.*\/(packages|node_modules)\//, '$1/')}:${lineNumber + 1}`;

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}
