import { isDeepStrictEqual } from 'node:util';
import type { Setting } from './data.ts';
import type { Contender } from './field.ts';
import { openConnection, requestOf } from './load/connection.ts';
import type { Call } from './load/round.ts';
import type { Operation, Question } from './operations.ts';

/** A contender's next call of an operation, for ever. */
export type Calls = () => Call;

let asked = 0;

/**
 * Asks every contender the same and compares what they answer, and from then on lets each answer only what it answered then.
 * Throws when they differ, or when one of them knows nothing.
 */
export async function agreedCalls(
  operation: Operation,
  contenders: readonly Contender[],
  { tokens }: Setting,
): Promise<ReadonlyMap<Contender, Calls>> {
  const token = tokens[operation.caller];
  const { fresh, repeatable } = operation;
  const questions = fresh ? [fresh(`agreed ${asked++}`)] : repeatable;
  const agreed = new Map(contenders.map((contender) => [contender, [] as Call[]]));
  for (const question of questions) {
    const answers: { contender: Contender; answer: Buffer }[] = [];
    for (const contender of contenders) {
      const request = requestOf(contender.url, token, question);
      const answer = await answerTo(contender.url, request);
      answers.push({ contender, answer });
      agreed.get(contender)?.push({ request, accepts: (other) => other.equals(answer) });
    }
    mustAgree(operation, question, answers);
    if (fresh) for (const { contender, answer } of answers) agreed.set(contender, [expecting(answer)]);
  }
  return new Map(
    [...agreed].map(([contender, calls]): [Contender, Calls] => {
      let next = 0;
      return [
        contender,
        () => {
          const call = calls[next++ % calls.length] as Call;
          if (!fresh) return call;
          return { ...call, request: requestOf(contender.url, token, fresh(`${contender.name} ${asked++}`)) };
        },
      ];
    }),
  );
}

async function answerTo(url: URL, request: Buffer): Promise<Buffer> {
  const connection = await openConnection(url);
  try {
    return await connection.send(request);
  } finally {
    connection.close();
  }
}

/** Another one of the same kind: of the same length and without an error in it. */
function expecting(answer: Buffer): Call {
  return {
    request: Buffer.alloc(0),
    accepts: (other) => other.byteLength === answer.byteLength && !other.includes('"errors"'),
  };
}

function mustAgree(
  { name }: Operation,
  { variables }: Question,
  answers: readonly { readonly contender: Contender; readonly answer: Buffer }[],
): void {
  const [first, ...rest] = answers.map(({ contender, answer }) => ({
    contender,
    content: JSON.parse(answer.toString()) as { readonly data?: Readonly<Record<string, unknown>> | null },
  }));
  const found = Object.values(first?.content.data ?? {});
  if (found.length === 0 || found.includes(null)) throw new Error(`${name}: ${JSON.stringify(first?.content)}`);
  for (const { contender, content } of rest) {
    if (isDeepStrictEqual(content, first?.content)) continue;
    const texts = [`hiroba: ${JSON.stringify(first?.content)}`, `${contender.name}: ${JSON.stringify(content)}`];
    throw new Error(`${name} ${JSON.stringify(variables)} has two answers\n${texts.join('\n')}`);
  }
}
