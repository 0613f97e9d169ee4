import type { JsonObject, JsonValue } from '../../../json.ts';
import type { LoopVariable, Path, TemplateNode } from './syntax.ts';

/** SES accepts the mail and gives it up: it publishes an event "Rendering Failure" with this message. */
export class RenderingFailure extends Error {
  override readonly name = 'RenderingFailure';
}

/** Loops in loops over large data must not fill the memory; SES takes no larger message either. */
const MAX_RENDERED_CHARACTERS = 10 * 1024 * 1024;

interface Scope {
  readonly value: JsonValue;
  readonly parent: Scope | null;
  readonly loop: Readonly<Record<LoopVariable, JsonValue>> | null;
}

/**
 * Fills a template in. Nothing is escaped, in HTML neither: SES leaves that to who sends the data.
 * Throws `RenderingFailure`.
 */
export function renderTemplate(nodes: readonly TemplateNode[], data: JsonObject): string {
  const output = { parts: [] as string[], length: 0 };
  renderNodes(nodes, { value: data, parent: null, loop: null }, output);
  return output.parts.join('');
}

interface Output {
  readonly parts: string[];
  length: number;
}

function renderNodes(nodes: readonly TemplateNode[], scope: Scope, output: Output): void {
  for (const node of nodes) {
    if (node.kind === 'text') write(node.text, output);
    else if (node.kind === 'value') write(printed(node.path, lookUp(node.path, scope)), output);
    else if (node.kind === 'each') renderEach(node, scope, output);
    else {
      const holds = isTruthy(lookUp(node.path, scope)) === (node.kind === 'if');
      renderNodes(holds ? node.body : node.otherwise, scope, output);
    }
  }
}

function write(text: string, output: Output): void {
  output.parts.push(text);
  output.length += text.length;
  if (output.length > MAX_RENDERED_CHARACTERS) throw new RenderingFailure('The rendered message is too large.');
}

function renderEach(node: Extract<TemplateNode, { kind: 'each' }>, scope: Scope, output: Output): void {
  const found = lookUp(node.path, scope);
  const entries = typeof found === 'object' && found !== null ? Object.entries(found) : [];
  if (entries.length === 0) return renderNodes(node.otherwise, scope, output);
  for (const [index, [key, value]] of entries.entries()) {
    const loop = { index, key, first: index === 0, last: index === entries.length - 1 };
    renderNodes(node.body, { value, parent: scope, loop }, output);
  }
}

/** Undefined for what is not in the data. Only own members count: `{{constructor}}` is nothing. */
function lookUp({ up, segments, loop }: Path, scope: Scope): JsonValue | undefined {
  if (loop !== null) return nearestLoop(scope)?.[loop];
  let from: Scope | null = scope;
  for (let level = 0; level < up && from !== null; level++) from = from.parent;
  return segments.reduce<JsonValue | undefined>(member, from?.value);
}

function nearestLoop(scope: Scope): Scope['loop'] {
  for (let from: Scope | null = scope; from !== null; from = from.parent) if (from.loop) return from.loop;
  return null;
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as JsonObject)[name];
}

function printed(path: Path, value: JsonValue | undefined): string {
  if (value === undefined || value === null) {
    throw new RenderingFailure(`Attribute '${path.text}' is not present in the rendering data.`);
  }
  if (typeof value === 'object') {
    throw new RenderingFailure(`Attribute '${path.text}' is a list or an object, which is not printed here.`);
  }
  return String(value);
}

/** As Handlebars judges: an empty list is nothing. */
function isTruthy(value: JsonValue | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
