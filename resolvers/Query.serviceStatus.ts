import type { FieldContext } from './shared/context.ts';

export function request() {
  return { payload: { rung: DEPLOYMENT.rung, region: DEPLOYMENT.region, build: DEPLOYMENT.build } };
}

export function response(ctx: FieldContext) {
  return ctx.result;
}
