import { receiptHandleIsInvalid } from './errors.ts';
import type { Queue } from './model.ts';

/** What a receipt handle says: which message, and by which reception. */
export interface Receipt {
  readonly id: number;
  readonly token: string;
}

const FORM = /^(\d{1,15})\.(\d{1,15})\.([0-9a-f]{32})$/;

export function receiptHandle({ number }: Queue, { id, token }: Receipt): string {
  return Buffer.from(`${number}.${id}.${token}`).toString('base64');
}

/** Throws `AwsError` `ReceiptHandleIsInvalid` for what was never given, or was given for another queue. */
export function readReceiptHandle(queue: Queue, handle: string): Receipt {
  const text = Buffer.from(handle, 'base64').toString('latin1');
  const [, number, id, token] = FORM.exec(text) ?? [];
  if (token === undefined || Buffer.from(text, 'latin1').toString('base64') !== handle) {
    throw receiptHandleIsInvalid(`The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  if (Number(number) !== queue.number) {
    throw receiptHandleIsInvalid(`The receipt handle "${handle}" is not valid for this queue.`);
  }
  return { id: Number(id), token };
}
