import type { ApiMethods, Opts } from "grammy/types";
import type { UploadedFile } from "../body.ts";

/** Handlers by method name, typed by the library's own declaration of the API. */
export type Handlers = {
  [M in keyof ApiMethods]?: (
    args: Opts<M>,
    files: ReadonlyMap<string, UploadedFile>,
  ) => ReturnType<ApiMethods[M]> | Promise<ReturnType<ApiMethods[M]>>;
};
