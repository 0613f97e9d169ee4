import { required } from '../shared/environment.ts';
import { readJobStep, type JobStep } from '../shared/jobsMessages.ts';
import type { Message } from '../shared/messages.ts';
import { queueHandler, type Job } from '../shared/queueHandler.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { erasePlan } from './erase/plan.ts';
import { exportPlan } from './export/plan.ts';
import { advance, fail, finish, readJob } from './job.ts';
import { taskOf, type Plan, type Step } from './plan.ts';

const plans: Readonly<Record<JobStep['kind'], Plan>> = { export: exportPlan, erase: erasePlan };

/**
 * Works on jobs. A message is one step: it does a bounded piece, sends the next step and notes that it is done, in this
 * order, so that a step that ends early is done again and nothing is lost. The last delivery that fails marks the job
 * FAILED; taking its message out of the dead-letter queue (`npm run redrive`) has the job go on from there.
 */
export const handler = queueHandler('jobs', readJobStep, async (message, job) => {
  try {
    await work(message, job);
  } catch (error) {
    if (message.receives >= Number(required('MAX_RECEIVES'))) await fail(message.body.jobId);
    throw error;
  }
});

async function work({ body, trace }: Message<JobStep>, job: Job): Promise<void> {
  const stored = await readJob(body.jobId);
  if (!stored || stored.state === 'DONE' || (stored.step ?? 0) > body.step) {
    job.count(stored ? 'repeated' : 'gone');
    return;
  }
  const plan = plans[body.kind];
  const { task, name, after } = taskOf(plan, body.task);
  const { jobId, userId, position } = body;
  const step: Step = { jobId, userId, number: body.step, position, trace, count: job.count };
  if (await plan.isMoot(userId)) {
    job.count('moot');
    return;
  }
  const next = await task(step);
  job.count(name);
  const nextTask = next === null ? after : name;
  if (nextTask === null) {
    await finish(jobId, await plan.finish(step));
    return;
  }
  const following: JobStep = { ...body, step: body.step + 1, task: nextTask, position: next ?? undefined };
  const delaySeconds = next === null ? (plan.delays?.[nextTask] ?? 0) : 0;
  await sendMessages(required('JOBS_QUEUE_URL'), [{ body: following, trace, delaySeconds }]);
  await advance(jobId, following.step);
}
