/** Serves a bucket in a process of its own, and tells how large that has been: `node --expose-gc streamServer.ts FOLDER`. */
import { startStore } from './store.ts';

const store = await startStore({}, { folder: process.argv[2] ?? '' });
let peak = 0;
const look = (): void => {
  peak = Math.max(peak, process.memoryUsage().rss);
};
setInterval(look, 5);
process.on('message', () => {
  look();
  process.send?.({ peak });
  globalThis.gc?.();
  peak = process.memoryUsage().rss;
});
process.send?.({ port: store.port });
