export {
  createEventBridge,
  defaultBusArn,
  type Event,
  type EventBridge,
  type EventBus,
  type PutEventsEntry,
  type PutEventsResult,
} from './eventBridge.ts';
