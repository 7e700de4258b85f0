import { buildSample, type SampleAnswers } from "./build";

export type { SampleAnswers } from "./build";

/** What the sample workspace holds; tests of the rooms and of the pages compare what they find with it. */
export const SAMPLE_ANSWERS: SampleAnswers = buildSample().answers;
