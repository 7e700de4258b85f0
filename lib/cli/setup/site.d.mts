/** See site.mjs. Throws Stop (base.mjs) with a sentence. */
export function buildSite(base: string): Promise<{ files: string; beside: { at: string; from: string }[]; nonce: string }>;
