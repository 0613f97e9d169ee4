import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const { plant, kilograms } = ctx.args;
  return {
    operation: 'PutEvents',
    events: [{ source: 'greenhouse', detailType: 'harvested', detail: { plant, kilograms } }],
  };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  const [entry] = ctx.result.Entries;
  if (ctx.result.FailedEntryCount > 0) {
    util.error(entry.ErrorMessage, entry.ErrorCode);
  }
  return entry.EventId;
}
