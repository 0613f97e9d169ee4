/** What of an answer load looks at. Most are known to be good without being parsed: parsing takes as long as sending. */
export interface Answered {
  /** HTTP's status when it is not 200, AppSync's `errorType`, or a payload's code. */
  readonly errors: readonly string[];
  /** Of a post that was made. */
  readonly madePost: string | null;
}

const GOOD: Answered = { errors: [], madePost: null };
const USER_ERRORS = /"userErrors":\[\{/;

export function readAnswer(operation: string, status: number, text: string): Answered {
  if (status !== 200) return { errors: [codeOf(text) ?? `HTTP ${status}`], madePost: null };
  const bad = text.includes('"errors":[') || USER_ERRORS.test(text);
  if (!bad && operation !== 'CreatePost') return GOOD;
  const { data, errors = [] } = JSON.parse(text) as {
    readonly data: Readonly<Record<string, Payload | null>> | null;
    readonly errors?: readonly { readonly errorType?: string | null; readonly message: string }[];
  };
  const payloads = Object.values(data ?? {});
  const userErrors = payloads.flatMap((payload) => payload?.userErrors ?? []);
  return {
    errors: [
      ...errors.map(({ errorType, message }) => errorType ?? message.slice(0, 80)),
      ...userErrors.map(({ code }) => code),
    ],
    madePost: operation === 'CreatePost' ? (payloads[0]?.post?.id ?? null) : null,
  };
}

interface Payload {
  readonly post?: { readonly id: string } | null;
  readonly userErrors?: readonly { readonly code: string }[];
}

/** AppSync refuses a whole request with a list of errors, too. */
function codeOf(text: string): string | null {
  try {
    const { errors } = JSON.parse(text) as { readonly errors?: readonly { readonly errorType?: string }[] };
    return errors?.[0]?.errorType ?? null;
  } catch {
    return null;
  }
}
