// Keeps questions and changes of prices apart, so that no answer has figures of two states of the prices in it.

export type PriceGate = {
  /** Resolves when no change is under way. */
  readonly open: () => Promise<void>;
  /** Runs a question; a change waits for its end. Call it in the same turn in which `open` was found true. */
  readonly ask: <Result>(question: () => Result | Promise<Result>) => Promise<Result>;
  /** Waits for the questions inside, and holds back others while the work goes on. One change at a time. */
  readonly change: <Result>(work: () => Promise<Result>) => Promise<Result>;
};

export function createPriceGate(): PriceGate {
  let inside = 0;
  let emptied: PromiseWithResolvers<void> | null = null;
  let closed: PromiseWithResolvers<void> | null = null;
  return {
    async open() {
      while (closed !== null) await closed.promise;
    },
    async ask(question) {
      inside += 1;
      try {
        return await question();
      } finally {
        inside -= 1;
        if (inside === 0) emptied?.resolve();
      }
    },
    async change(work) {
      const mine = Promise.withResolvers<void>();
      closed = mine;
      try {
        if (inside > 0) {
          emptied = Promise.withResolvers<void>();
          await emptied.promise;
        }
        return await work();
      } finally {
        closed = null;
        emptied = null;
        mine.resolve();
      }
    },
  };
}
