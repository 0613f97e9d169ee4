import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Milliseconds a statement waits for another process's lock before SQLite reports `database is locked`. */
const BUSY_TIMEOUT_MILLISECONDS = 5_000;
const CACHE_KIBIBYTES = 64 * 1024;

interface Session {
  readonly statements: Map<string, StatementSync>;
  depth: number;
  /** Run when the outermost transaction commits; dropped when it rolls back. */
  afterCommit: (() => void)[];
}

const sessions = new WeakMap<DatabaseSync, Session>();

/**
 * Opens a SQLite database that survives a killed process: WAL with `synchronous=NORMAL` loses a commit only when the
 * machine itself stops, and never breaks the file.
 */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = ${BUSY_TIMEOUT_MILLISECONDS};
    PRAGMA cache_size = -${CACHE_KIBIBYTES};
  `);
  return database;
}

/** The prepared statement of this text, prepared once per database. `sql` must come from the program, never from input. */
export function prepared(database: DatabaseSync, sql: string): StatementSync {
  const { statements } = sessionOf(database);
  const known = statements.get(sql);
  if (known) return known;
  const statement = database.prepare(sql);
  statements.set(sql, statement);
  return statement;
}

/**
 * Runs `work` in a transaction and returns its value; an exception rolls back and goes on. Inside another transaction
 * it becomes a savepoint, so that a failure undoes only its own part.
 */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  const session = sessionOf(database);
  const { begin, commit, rollback } = boundaries(session.depth);
  const hooksBefore = session.afterCommit.length;
  prepared(database, begin).run();
  session.depth += 1;
  let result: Result;
  try {
    result = work();
    prepared(database, commit).run();
  } catch (error) {
    session.depth -= 1;
    session.afterCommit.length = hooksBefore;
    // SQLite has already rolled back by itself after some failures, as a full disk.
    if (database.isTransaction) for (const sql of rollback) prepared(database, sql).run();
    throw error;
  }
  session.depth -= 1;
  if (session.depth === 0) runHooks(session);
  return result;
}

/** Calls `hook` once the outermost transaction has committed, or at once when there is none. */
export function afterCommit(database: DatabaseSync, hook: () => void): void {
  const session = sessionOf(database);
  if (session.depth === 0) hook();
  else session.afterCommit.push(hook);
}

function sessionOf(database: DatabaseSync): Session {
  let session = sessions.get(database);
  if (!session) {
    session = { statements: new Map(), depth: 0, afterCommit: [] };
    sessions.set(database, session);
  }
  return session;
}

const OUTERMOST = { begin: 'BEGIN IMMEDIATE', commit: 'COMMIT', rollback: ['ROLLBACK'] };

function boundaries(depth: number): typeof OUTERMOST {
  if (depth === 0) return OUTERMOST;
  const name = `nested_${depth}`;
  return {
    begin: `SAVEPOINT ${name}`,
    commit: `RELEASE ${name}`,
    rollback: [`ROLLBACK TO ${name}`, `RELEASE ${name}`],
  };
}

function runHooks(session: Session): void {
  if (session.afterCommit.length === 0) return;
  const hooks = session.afterCommit;
  session.afterCommit = [];
  for (const hook of hooks) hook();
}
