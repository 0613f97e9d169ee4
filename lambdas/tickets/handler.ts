import type { Context } from 'aws-lambda';
import { required } from '../shared/environment.ts';
import { describeError, writeLog } from '../shared/log.ts';
import { mediaAccess, type MediaAccess } from './cookies.ts';
import { readTicketRequest, type TicketRequest } from './request.ts';
import { ticketFor, type UploadTicket } from './ticket.ts';

/**
 * Answers a resolver that has found out whether the viewer may. What it throws becomes an error of the field, and the client
 * asks again.
 */
export async function handler(payload: unknown, context?: Context): Promise<UploadTicket | MediaAccess> {
  const start = performance.now();
  const line = { function: 'tickets', requestId: context?.awsRequestId };
  try {
    const asked = readTicketRequest(payload);
    const answer = await answerTo(asked);
    writeLog({ level: 'INFO', ...line, ...asked, milliseconds: Math.round(performance.now() - start) });
    return answer;
  } catch (error) {
    writeLog({ level: 'ERROR', ...line, error: describeError(error) });
    throw error;
  }
}

function answerTo(asked: TicketRequest): Promise<UploadTicket | MediaAccess> {
  switch (asked.kind) {
    case 'PHOTO': {
      const { photoId, contentType } = asked;
      return ticketFor({ bucket: required('UPLOADS_BUCKET'), key: `photos/${photoId}`, contentType });
    }
    case 'EVIDENCE': {
      const { reportId, number } = asked;
      return ticketFor({
        bucket: required('EVIDENCE_BUCKET'),
        key: `reports/${reportId}/${number}`,
        contentType: 'application/octet-stream',
      });
    }
    case 'MEDIA':
      return mediaAccess();
  }
}
