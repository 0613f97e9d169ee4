/** dynalite with its HTTP server, in memory. */
import { createRequire } from 'node:module';
import type { Server } from 'node:http';
import { listen } from './listen.ts';
import { obey } from '../../child.ts';

// It has no types.
const dynalite = createRequire(import.meta.url)('dynalite') as (options: object) => Server;
const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });

obey({ start: () => listen(server) }, async () => void server.close());
