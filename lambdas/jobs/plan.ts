/** A step of a task, as the task is given it. */
export interface Step {
  readonly jobId: string;
  readonly userId: string;
  /** Unique within the job, and the same whenever the step is done again. */
  readonly number: number;
  /** Where the task goes on; undefined at its beginning. */
  readonly position: string | undefined;
  readonly trace: string | undefined;
  /** Counted in the log line. */
  count(what: string, by?: number): void;
}

/**
 * One step of a task: a bounded piece that bears a repetition. Each step from the same position does the same.
 * @returns where the next step goes on, or null when the task is done.
 */
export type Task = (step: Step) => Promise<string | null>;

/** What a job does, one task after the other. */
export interface Plan {
  readonly tasks: readonly (readonly [name: string, task: Task])[];
  /** Seconds to wait before a task begins, 0-900; absent: none. */
  readonly delays?: Readonly<Record<string, number>>;
  /** Whether there is nothing to do any more, whatever was asked. */
  readonly isMoot: (userId: string) => Promise<boolean>;
  /** After the last task. @returns what the job's item is to say then. */
  readonly finish: (step: Step) => Promise<Readonly<Record<string, unknown>>>;
}

/** The task of that name, or the first, and the name of the one after it: null after the last. */
export function taskOf({ tasks }: Plan, name: string | undefined): { task: Task; name: string; after: string | null } {
  const index = name === undefined ? 0 : tasks.findIndex(([each]) => each === name);
  const found = tasks[index];
  if (!found) throw new UnknownTask(`there is no task ${name}`);
  return { name: found[0], task: found[1], after: tasks[index + 1]?.[0] ?? null };
}

/** Of a message that another version of the function sent. */
export class UnknownTask extends Error {
  override readonly name = 'UnknownTask';
}
