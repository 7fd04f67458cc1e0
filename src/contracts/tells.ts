/**
 * How something is said in plain words when a file is read back. `{member}` is what stands in that field, `{repeat.times}`
 * a field inside it; `{kind?ban=bans|mute=mutes}` says what is written in other words, `yes` and `no` for a yes or no.
 * A stretch in brackets is left out where its field is not written, or is as it would be anyway. Of several sentences the
 * first is said whose fields are there. `{server}` is the server, by its name where the file has one.
 */
export type Tells = string | readonly string[];
