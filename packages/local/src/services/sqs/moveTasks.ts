import type { DatabaseSync } from 'node:sqlite';
import type { Alarms } from '../../alarms.ts';
import type { Clock } from '../../clock.ts';
import { transaction } from '../../database.ts';
import type { Random } from '../../random.ts';
import type { MessageStore } from './messageStore.ts';
import type { Queue, StoredMessage } from './model.ts';
import { openMoveTaskStore, type MoveTask } from './moveTaskStore.ts';
import type { Queues } from './queues.ts';
import { newMessageId } from './sending.ts';
import type { Visibility } from './visibility.ts';

/** The moves of messages out of dead-letter queues. They go on after a restart. */
export interface MoveTasks {
  /** Null when the source has a running task already. */
  start(task: Pick<MoveTask, 'sourceArn' | 'destinationArn' | 'perSecond'>): MoveTask | null;
  find(id: string): MoveTask | null;
  /** Null when the task does not run. */
  cancel(id: string): MoveTask | null;
  /** The latest first. */
  list(sourceArn: string, limit: number): readonly MoveTask[];
  /** Takes up what a former process left running. */
  resume(): void;
  /** Resolves when no task runs that is not held back by its rate. */
  idle(): Promise<void>;
  close(): void;
}

export interface MoveTasksOptions {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly random: Random;
  readonly queues: Queues;
  readonly messages: MessageStore;
  readonly visibility: Visibility;
}

/** Without a rate: moved in one transaction, so that a long move does not hold up everything else. */
const UNLIMITED_STEP = 100;

export function createMoveTasks(options: MoveTasksOptions): MoveTasks {
  const { database, clock, alarms, random, queues, messages, visibility } = options;
  const store = openMoveTaskStore(database);
  /** Ids of tasks that have been taken up in this process. */
  const active = new Set<string>();
  let closed = false;

  /** The queue that the message came from, or the one that the task names. */
  function targetOf({ destinationArn }: MoveTask, { deadLetterSourceArn }: StoredMessage): Queue | string {
    if (destinationArn === null && deadLetterSourceArn === null) return 'CouldNotDetermineMessageSource';
    return queues.byArn(destinationArn ?? deadLetterSourceArn ?? '') ?? 'AWS.SimpleQueueService.NonExistentQueue';
  }

  /** Moves one step; returns the task as it is then. */
  function step(task: MoveTask, source: Queue): MoveTask {
    const reached = new Map<number, Queue>();
    const next = transaction(database, () => {
      let moved = task.moved;
      for (const message of messages.visible(source, task.perSecond ?? UNLIMITED_STEP)) {
        const target = targetOf(task, message);
        if (typeof target === 'string') return store.save({ ...task, moved, status: 'FAILED', failure: target });
        messages.moveAsNew(message.id, target, newMessageId(random));
        reached.set(target.number, target);
        moved += 1;
      }
      const done = !messages.hasVisible(source);
      return store.save({ ...task, moved, status: done ? 'COMPLETED' : 'RUNNING' });
    });
    for (const target of reached.values()) visibility.now(target);
    return next;
  }

  /** `due` is the time of this step: where the clock has jumped ahead, the steps between are made up for. */
  function run(id: string, due: number): void {
    const task = closed ? null : store.find(id);
    const source = task?.status === 'RUNNING' ? queues.byArn(task.sourceArn) : undefined;
    if (!task || !source) return void active.delete(id);
    const { status, perSecond } = step(task, source);
    if (status !== 'RUNNING') active.delete(id);
    else if (perSecond === null) setImmediate(() => run(id, due));
    else alarms.at(due + 1000, () => run(id, due + 1000));
  }

  function takeUp(id: string): void {
    if (active.has(id)) return;
    active.add(id);
    setImmediate(() => run(id, clock.now()));
  }

  return {
    start(wanted) {
      if (store.list(wanted.sourceArn, 1)[0]?.status === 'RUNNING') return null;
      const source = queues.byArn(wanted.sourceArn);
      const task: MoveTask = {
        ...wanted,
        id: newMessageId(random),
        startedAt: clock.now(),
        status: 'RUNNING',
        moved: 0,
        toMove: source ? messages.counts(source).visible : 0,
        failure: null,
      };
      store.save(task);
      takeUp(task.id);
      return task;
    },
    find: (id) => store.find(id),
    cancel(id) {
      const task = store.find(id);
      return task?.status === 'RUNNING' ? store.save({ ...task, status: 'CANCELLED' }) : null;
    },
    list: (sourceArn, limit) => store.list(sourceArn, limit),
    resume() {
      for (const { id } of store.running()) takeUp(id);
    },
    async idle() {
      const isMoving = (id: string): boolean => store.find(id)?.perSecond === null;
      while ([...active].some(isMoving)) await new Promise((resolve) => setImmediate(resolve));
    },
    close() {
      closed = true;
    },
  };
}
