import type { OnRootField } from '../execution/execute.ts';
import type { OutputType } from '../execution/outputType.ts';
import type { PlannedField } from '../execution/plan.ts';
import type { Invalidation, RequestState } from '../execution/request.ts';
import { setOwn } from '../ownMember.ts';

/** Where mutations' results go. */
export interface Publisher {
  forRequest(state: RequestState): {
    /** A mutation field is complete, and not null. */
    readonly rootField: OnRootField;
    /** The request is complete. */
    done(): void;
  };
}

/** Those who listen, by the subscription's field. */
export interface Subscribers {
  publish(subscriptionField: string, payload: unknown): void;
  invalidate(invalidation: Invalidation): void;
}

export function createPublisher(subscribers: Subscribers): Publisher {
  return {
    forRequest: (state) => ({
      rootField(planned, value) {
        const { field } = planned;
        const fed = state.compiled.subscriptionsByMutation.get(planned.name) ?? [];
        if (field === undefined || fed.length === 0) return;
        const payload = byFieldName(state, planned, field.type, value);
        for (const subscriptionField of fed) subscribers.publish(subscriptionField, payload);
      },
      done() {
        for (const invalidation of state.invalidations) subscribers.invalidate(invalidation);
      },
    }),
  };
}

/** A mutation's result with field names in place of the aliases its caller chose: all that a subscriber can get. */
function byFieldName(state: RequestState, planned: PlannedField, type: OutputType, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (type.kind === 'list') {
    return Array.isArray(value) ? value.map((item: unknown) => byFieldName(state, planned, type.item, item)) : null;
  }
  if (type.kind === 'leaf') return value;
  const objectType = type.kind === 'object' ? type.type : state.concreteTypes.get(value);
  if (objectType === undefined) return null;
  const source: Record<string, unknown> = { __typename: objectType.name };
  const completed = value as Readonly<Record<string, unknown>>;
  for (const selected of planned.selection(objectType)) {
    const { key, name, field } = selected;
    const isAlias = key !== name;
    if (field === undefined || (isAlias && Object.hasOwn(source, name))) continue;
    setOwn(source, name, byFieldName(state, selected, field.type, completed[key]));
  }
  return source;
}
