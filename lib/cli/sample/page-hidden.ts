import type { HiddenStateAnswers } from "./hidden-states";

/** The page of the team that compares logits with llama.cpp. It is older than the log that it waits for. */
export function hiddenStatesPage(of: HiddenStateAnswers): string {
	return `
# Hidden states status

**Date:** 2026-04-24T16:05Z
**Team:** Hidden states
**Status:** 🟡 BLOCKED on the worker's HTTP fix

---

## 📊 Where we stand

### ✅ Completed

1. **Logger**
   - ✅ Header-only JSONL logger (´native/src/state_log.hpp´)
   - ✅ Call after the last projection (´native/src/infer.cpp´)
   - ✅ Build flag ´STATE_LOG´, off by default
   - ✅ Buffer is flushed when the process ends
2. **Reference**
   - ✅ llama.cpp built with ´STATE_LOG=ON´
   - ✅ ${of.referenceEntries} entries for tokens 7 to 20 in ´llama_hidden_states.jsonl´
3. **Comparison**
   - ✅ ´compare_states.py´ writes one row a token

### ⚠️ Blocked

1. **Log of our worker**
   - ❌ The generation test ends with an HTTP error
   - ❌ ´our_hidden_states.jsonl´ is not written
   - ❌ The comparison cannot start

---

## 🔴 Blocker: the response ends before its body does

### Problem

The test fails with ´connection closed before message completed´. The client has read the head and about half of the tokens when the server hangs up.

### Root Cause

´NativeBackend::generate()´ keeps an async worker thread busy for the whole generation. The task that writes the response never gets its turn, and the keep-alive timer closes the connection.

### Fix Required

Move the blocking call off the async threads. The logic stays as it is:

´´´rust
// worker/src/backend/native.rs
async fn generate(&self, prompt: &Prompt) -> Result<Output> {
    let session = self.session.clone();
    let prompt = prompt.clone();
    tokio::task::spawn_blocking(move || session.run(&prompt)).await?
}
´´´

---

## 📋 Next Steps

1. **Apply the fix** (10 minutes)
   ´´´bash
   $EDITOR worker/src/backend/native.rs
   ´´´
2. **Rebuild with the log on** (3 minutes)
   ´´´bash
   cargo build --release --features state_log
   ´´´
3. **Run the generation test** (20 seconds)
   ´´´bash
   STATE_LOG_FILE=our_hidden_states.jsonl STATE_LOG_VALUES=10 \\
     cargo test --release --test generation -- --nocapture
   ´´´
4. **Compare** (1 second)
   ´´´bash
   python3 compare_states.py llama_hidden_states.jsonl our_hidden_states.jsonl > parity_report.csv
   ´´´

---

## 📁 Artifacts

### Generated

- ✅ ´llama_hidden_states.jsonl´ - reference, ${of.referenceEntries} entries
- ✅ ´compare_states.py´ - comparison
- ✅ ´README.md´ - how to repeat it

### Pending

- ⚠️ ´our_hidden_states.jsonl´ - output of our worker
- ⚠️ ´parity_report.csv´ - the comparison

---

## 🎯 Success Criteria

1. ✅ The test ends without an error
2. ✅ ´our_hidden_states.jsonl´ has about ${of.referenceEntries} entries
3. ✅ ´parity_report.csv´ shows a difference for every common token
4. ✅ The first divergence can be named

---

## 📝 Files to Keep

- ´native/src/state_log.hpp´ - the logger
- ´native/src/infer.cpp´ - the call
- ´worker/src/backend/native.rs´ - needs the fix

⏱️ About 15 minutes from the fix to the first comparison.
`;
}
