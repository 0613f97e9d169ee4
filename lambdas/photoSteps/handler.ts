import { required } from '../shared/environment.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';
import { stepsOf } from './steps.ts';

/**
 * Tells the worker what the table says that is to be done, so that a mutation that was acknowledged loses none of it. A
 * message that is sent again is worked on again, which changes nothing.
 */
export const handler = streamHandler('photoSteps', async (changes, report) => {
  const steps = readEach(changes, report, stepsOf);
  await sendMessages(
    required('PHOTOS_QUEUE_URL'),
    steps.map(({ message, trace }) => ({ body: message, trace })),
  );
  for (const { message } of steps) report.count(message.kind);
});
