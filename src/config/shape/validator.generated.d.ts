/** One mistake as ajv reports it. */
export interface SchemaMistake {
  /** JSON pointer into the value. */
  readonly at: string;
}

interface Validator {
  (value: unknown): boolean;
  /** Of the last call. */
  errors: readonly SchemaMistake[] | null;
}

/** Checks a value against the published schema. The code is emitted by `npm run generate`. */
declare const validate: Validator;
export default validate;
