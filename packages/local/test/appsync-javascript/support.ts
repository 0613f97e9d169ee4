import { readFileSync } from 'node:fs';

import { manualClock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import { completeContext } from '../../src/services/appsync/javascript/evaluateHandler.ts';
import { createJavaScriptRuntime } from '../../src/services/appsync/javascript/index.ts';
import type {
  CodeFinding,
  Evaluation,
  EvaluationContext,
  HandlerName,
} from '../../src/services/appsync/javascript/runtime.ts';
import { CodeError } from '../../src/services/appsync/javascript/runtime.ts';

/** 2018-02-06T19:01:35.758Z, the moment of the guide's samples. */
export const NOW = 1_517_943_695_758;

export const runtime = createJavaScriptRuntime({ clock: manualClock(NOW), random: seededRandom('appsync-javascript') });

export { completeContext as contextOf };

const IMPORTS = `import { util, runtime, extensions } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
`;

export function runModule(
  code: string,
  members: Partial<EvaluationContext> = {},
  handler: HandlerName = 'request',
): Evaluation {
  return runtime.load(code, 'test').evaluate(handler, completeContext(members));
}

/** Runs statements as the body of a request handler. */
export function runBody(body: string, members: Partial<EvaluationContext> = {}): Evaluation {
  return runModule(`${IMPORTS}export function request(ctx) {\n${body}\n}`, members);
}

/** The result of statements that must not fail. */
export function resultOf(body: string, members: Partial<EvaluationContext> = {}): unknown {
  const { error, result } = runBody(body, members);
  if (error) throw new Error(error.message);
  return result;
}

/** The value of an expression. */
export function valueOf(expression: string, members: Partial<EvaluationContext> = {}): unknown {
  return resultOf(`return ${expression};`, members);
}

/** The message that an expression fails with. */
export function failureOf(expression: string, members: Partial<EvaluationContext> = {}): string {
  const { error, result } = runBody(`return ${expression};`, members);
  if (!error) throw new Error(`The expression gave ${JSON.stringify(result)}`);
  return error.message;
}

/** What AWS would refuse in a module; empty when it loads. */
export function findingsIn(code: string): readonly CodeFinding[] {
  try {
    runtime.load(code, 'test');
    return [];
  } catch (error) {
    if (error instanceof CodeError) return error.codeErrors;
    throw error;
  }
}

export function readCases<Case>(name: string): readonly Case[] {
  return JSON.parse(readFileSync(new URL(`./cases/${name}.json`, import.meta.url), 'utf8')) as readonly Case[];
}
