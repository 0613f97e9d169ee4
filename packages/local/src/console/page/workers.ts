// Monaco asks for its workers by label; they are built beside this page and served from the same origin.
const workers: Readonly<Record<string, string>> = {
  graphql: '/console/graphql.worker.js',
  json: '/console/json.worker.js',
};

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) =>
      new Worker(workers[label] ?? '/console/editor.worker.js', { type: 'module' }),
  },
});
