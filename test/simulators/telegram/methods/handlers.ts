import type { ApiMethods, Opts } from "grammy/types";

/** Handlers by method name, typed by the library's own declaration of the API. */
export type Handlers = {
  [M in keyof ApiMethods]?: (args: Opts<M>) => ReturnType<ApiMethods[M]> | Promise<ReturnType<ApiMethods[M]>>;
};
