/** Waits for the work, but no longer than `ms` or until `cut`; leaves no timer behind. The work itself goes on. */
export function patiently(work: Promise<unknown>, ms: number, cut?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      cut?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    cut?.addEventListener("abort", done);
    if (cut?.aborted) done();
    work.then(done, done);
  });
}
