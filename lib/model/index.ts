/**
 * The words of Casebook, one meaning each.
 *
 * | word | meaning |
 * |---|---|
 * | workspace | the folder (or manifest, or dropped files) that is loaded |
 * | source | one file of it: path, bytes, sha256, format |
 * | record | one parsed line or document of a source, with its line number and byte offset |
 * | reject | a line or document that could not be read: file, line, byte offset, reason, raw text |
 * | probe | a named, repeatable comparison of a *reference* with a *candidate* implementation |
 * | run | one execution of a probe at a time, on a commit |
 * | case | one fixture, token, factor or element compared in a run; has a verdict |
 * | measure | how a case is compared: exact, json, cosine, correlation, max-abs, max-rel, ulp, status |
 * | first divergence | the case of the lowest position, in the probe's own order, whose verdict is fail |
 * | verdict | pass, fail, unmatched, incomparable or skipped (see `verdict.ts`) |
 * | session | one `session.iterate.*` row: a generate, validate, retry loop with its attempts |
 * | baseline | one entry of the audit-baselines log: named metrics at a time, on a commit |
 * | drift | a metric between two baselines, with a verdict |
 * | team | a group of investigators with a status page |
 * | producer | the program that wrote a log (logs call it `team` or `daemon`) |
 * | evidence | what a figure rests on: its SQL, the source lines, their hashes |
 * | batch | rows of one table as columns, in the layout of Arrow's buffers |
 * | failure | why something did not work, as one union (see `failure.ts`) |
 *
 * This room imports nothing.
 */
export * from "./batch";
export * from "./bytes";
export * from "./column";
export * from "./column-builder";
export * from "./failure";
export * from "./markup";
export * from "./parser";
export * from "./records";
export * from "./sql-type";
export * from "./verdict";
