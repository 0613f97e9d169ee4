import { dataSources } from './dataSources.ts';
import { lambdaFunctions, publicReads } from './functions.ts';
import { operationsFunctions as operations } from './operationsFunctions.ts';
import { functions, resolvers } from './resolvers.ts';
import type { Wiring } from './wiring.ts';

/** How this API is put together: the four tables to look at, and to add a row to. */
export const hiroba: Wiring = { dataSources, functions, resolvers, lambdaFunctions, publicReads, operations };
