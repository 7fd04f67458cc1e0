import { resolve } from "node:path";
import type { CanonicalStorage } from "../contracts/canonical.ts";
import type { Store } from "../contracts/store.ts";
import type { FileLoader } from "./file-loader.ts";

/** Opens the storage that a file names; its database's library is loaded only then. */
export async function openStore(
  storage: CanonicalStorage,
  { folder, secret }: Pick<FileLoader, "folder" | "secret">,
  now: () => number,
): Promise<Store> {
  if (storage.kind === "sqlite") {
    const { open } = await import("../stores/sqlite/index.ts");
    const path = storage.path === ":memory:" ? storage.path : resolve(folder, storage.path);
    return open({ kind: "sqlite", path }, now);
  }
  const { open } = await import("../stores/postgres/index.ts");
  return open({ ...storage, url: secret(storage.url) }, now);
}
