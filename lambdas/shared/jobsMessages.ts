import { MalformedMessage, membersOf } from './messages.ts';

/** One step of a job, as it is sent to the function `jobs`. */
export interface JobStep {
  readonly kind: 'export' | 'erase';
  /** ULID. */
  readonly jobId: string;
  /** Whose data it is about. */
  readonly userId: string;
  /** From 0: a step that is done is not done again. */
  readonly step: number;
  /** Absent: the first. */
  readonly task?: string | undefined;
  /** Where the task goes on; what it says is the task's own business. */
  readonly position?: string | undefined;
}

/** @throws MalformedMessage */
export function readJobStep(body: unknown): JobStep {
  const members = membersOf(body);
  const { step } = body as { readonly step?: unknown };
  if (typeof step !== 'number' || !Number.isSafeInteger(step) || step < 0) {
    throw new MalformedMessage('step is no whole number');
  }
  return {
    kind: members.oneOf('kind', ['export', 'erase']),
    jobId: members.text('jobId'),
    userId: members.text('userId'),
    step,
    task: members.optionalText('task'),
    position: members.optionalText('position'),
  };
}
