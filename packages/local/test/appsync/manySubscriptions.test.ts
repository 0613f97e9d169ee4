import { expect, test } from 'vitest';
import { seededRandom } from '../../src/random.ts';
import { ADD, asUser, serve, SPEC } from './notesApi.ts';
import { connectClient, KEY_HEADERS, type RealtimeClient } from './realtimeClient.ts';
import { code } from './support.ts';

const CONNECTIONS = 50;
const SUBSCRIPTIONS = 200;
const EVENTS = 100;
const IDS = 80;
const OWNERS = 10;

/** Members get what is theirs: a filter by who they are, which no argument can widen. */
const OWN = code(
  'return { payload: null };',
  `extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'owner', operator: 'eq', value: ctx.identity.sub }] }] });
   return null;`,
);
const spec = { ...SPEC, resolvers: { ...SPEC.resolvers, 'Subscription.onMine': OWN } };

interface Note {
  readonly id: string;
  readonly owner: string;
  readonly text: string;
}

/** One subscription: how it is asked for, and which notes it must get. */
interface Listener {
  readonly id: string;
  readonly query: string;
  readonly variables?: unknown;
  readonly authorization: unknown;
  hears(note: Note): boolean;
}

/** Of every kind: by argument, by another's filter, by who one is, without the right to, and all there is. */
function listenerOf(connection: number, index: number): Listener {
  const id = String(index);
  const owner = `u${connection % OWNERS}`;
  const common = { id, authorization: KEY_HEADERS };
  switch (index % 4) {
    case 0: {
      const wanted = String((connection * 31 + index) % IDS);
      const query = 'subscription ($id: ID) { onNote(id: $id) { id owner text } }';
      return { ...common, query, variables: { id: wanted }, hears: (note) => note.id === wanted };
    }
    case 1: {
      const wanted = `u${index % OWNERS}`;
      const query = 'subscription ($owner: String) { onFiltered(owner: $owner) { id owner text } }';
      return { ...common, query, variables: { owner: wanted }, hears: (note) => note.owner === wanted };
    }
    case 2: {
      const query = 'subscription { onMine { id owner text } }';
      return { id, query, authorization: asUser(owner), hears: (note) => note.owner === owner };
    }
    default:
      return { ...common, query: 'subscription { onMine { id owner text } }', hears: () => false };
  }
}

interface Listening {
  readonly client: RealtimeClient;
  readonly listeners: readonly Listener[];
  /** The text of each note that came, after the id of its subscription. */
  readonly heard: string[];
}

/** Starts all subscriptions at once; resolves when each is accepted or refused. */
async function listenAs(port: number, connection: number): Promise<Listening> {
  const client = await connectClient(port);
  const listeners = Array.from({ length: SUBSCRIPTIONS }, (_, index) => listenerOf(connection, index));
  const heard: string[] = [];
  let open = listeners.length;
  const ready = new Promise<void>((resolve) => {
    client.socket.on('message', (data: Buffer) => {
      const { id, type, payload } = JSON.parse(data.toString()) as { id: string; type: string; payload: unknown };
      if (type === 'data') heard.push(`${id} ${textOf(payload)}`);
      else if ((type === 'start_ack' || type === 'error') && (open -= 1) === 0) resolve();
    });
  });
  for (const { id, query, variables = {}, authorization } of listeners) {
    const data = JSON.stringify({ query, variables });
    client.send({ id, type: 'start', payload: { data, extensions: { authorization } } });
  }
  await ready;
  return { client, listeners, heard };
}

const textOf = (payload: unknown): string =>
  Object.values((payload as { data: Record<string, Note> }).data)
    .map(({ text }) => text)
    .join();

/** Resolves when all that was sent to the client before has arrived: the answer to a frame comes after it. */
async function settled({ client }: Listening): Promise<void> {
  const answered = new Promise<void>((resolve) => {
    client.socket.on('message', (data: Buffer) => {
      if ((JSON.parse(data.toString()) as { id?: string }).id === 'the end') resolve();
    });
  });
  client.send({ id: 'the end', type: 'stop' });
  await answered;
}

const expectedOf = ({ listeners }: Listening, notes: readonly Note[]): string[] =>
  notes.flatMap((note) => listeners.filter((one) => one.hears(note)).map(({ id }) => `${id} ${note.text}`));

test(`${CONNECTIONS} connections with ${SUBSCRIPTIONS} subscriptions each hear what is theirs, once, while others come and go`, async () => {
  const { port, query } = await serve({}, spec);
  const random = seededRandom('many subscriptions');
  const any = (count: number): number => random.bytes(4).readUInt32BE() % count;
  const staying = await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => listenAs(port, index)));

  const notes: Note[] = [];
  const passing: Promise<Listening>[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    // Somebody comes without anybody waiting for it, and somebody else goes, now and then without a word.
    if (event % 10 === 0) passing.push(listenAs(port, any(CONNECTIONS)));
    if (event % 10 === 5) {
      const leaving = await passing.at(-1);
      if (event % 20 === 5) leaving?.client.socket.terminate();
      else leaving?.client.socket.close();
    }
    const note = { id: String(any(IDS)), owner: `u${any(OWNERS)}`, text: `note ${event}` };
    notes.push(note);
    expect(await query(ADD, note)).toMatchObject({ data: { addNote: note } });
  }

  await Promise.all(staying.map(settled));
  for (const one of staying) expect([...one.heard].sort()).toEqual(expectedOf(one, notes).sort());
  for (const one of await Promise.all(passing)) {
    const expected = new Set(expectedOf(one, notes));
    expect(one.heard.filter((text) => !expected.has(text))).toEqual([]);
    expect(new Set(one.heard).size).toBe(one.heard.length);
  }
  // So many by the seed: silence everywhere would not do.
  expect(staying.flatMap(({ heard }) => heard)).toHaveLength(51_610);
}, 60_000);
