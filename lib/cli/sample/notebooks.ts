import { markdownFile, type SampleFile } from "./file";

const STATUS = `---
casebook: 1
title: Status of all probes
---

# Status of all probes

On the last run of each probe, {{ counts.failing }} of {{ counts.probes }} fail; {{ counts.passed }} of {{ counts.compared }} compared cases pass, and {{ counts.apart }} more were not compared.

\`\`\`sql name=counts title="Probes and cases"
SELECT count(*) AS probes, count(*) FILTER (status = 'fail') AS failing,
  sum(passed) AS passed, sum(compared) AS compared, sum(total - compared) AS apart
FROM probes
\`\`\`

\`\`\`input name=status title="Status"
type: select
options: [fail, incomplete, not compared, pass]
default: fail
\`\`\`

\`\`\`sql name=board title="Probes of this status"
SELECT probe, passed || '/' || compared AS pass, total - compared AS not_compared, first_divergence, broken_since, runs
FROM probes WHERE status = $status ORDER BY broken_since, probe
\`\`\`

## What has to hold

A probe that compared nothing is no pass, and no case is lost between its run and its list.

\`\`\`check name=nothing_passes_unseen title="No probe passes without a compared case"
SELECT probe FROM probes WHERE status = 'pass' AND compared = 0
\`\`\`

\`\`\`check name=cases_add_up title="Every run's counts are at least the cases it lists"
SELECT r.probe, r.run, r.passed, r.failed, c.passes, c.fails
FROM runs r JOIN (
  SELECT probe, run, count(*) FILTER (verdict = 'pass') AS passes, count(*) FILTER (verdict = 'fail') AS fails FROM cases GROUP BY ALL
) c ON c.probe = r.probe AND c.run = r.run
WHERE c.passes > r.passed OR c.fails > r.failed
\`\`\`
`;

const SESSIONS = `---
casebook: 1
title: Sessions across the two runtimes
---

# Sessions across the two runtimes

The gateway answered {{ by_daemon.sessions }} sessions and accepted {{ by_daemon.accepted }} of them. The question is whether its share differs from that of the other daemon.

\`\`\`sql name=by_daemon title="Sessions by daemon"
SELECT daemon, count(*) AS sessions, count(*) FILTER (final_verdict = 'accepted') AS accepted,
  round(100.0 * count(*) FILTER (final_verdict = 'accepted') / count(*), 1) AS accepted_percent
FROM sessions GROUP BY daemon ORDER BY daemon
\`\`\`

\`\`\`sql name=per_day title="Sessions a day (UTC)"
SELECT timestamp::DATE AS day, daemon, count(*) AS sessions FROM sessions WHERE timestamp IS NOT NULL GROUP BY ALL ORDER BY day, daemon
\`\`\`

\`\`\`chart name=days title="Sessions a day"
from: per_day
kind: line
x: day
y: sessions
colour: daemon
\`\`\`

\`\`\`sql name=tries title="How many tries an accepted session took"
SELECT s.daemon, s.iterations, count(*) AS sessions FROM sessions s WHERE s.final_verdict = 'accepted' GROUP BY ALL ORDER BY ALL
\`\`\`

\`\`\`check name=both_run title="Both daemons wrote sessions" expect="= 2"
SELECT count(DISTINCT daemon) AS daemons FROM sessions
\`\`\`

\`\`\`check name=tries_are_listed title="A session lists as many attempts as it counts"
SELECT source, line, session_id, iterations, len(attempts) AS listed FROM sessions WHERE attempts IS NOT NULL AND len(attempts) <> iterations
\`\`\`
`;

const DRIFT = `---
casebook: 1
title: Baseline drift
tolerance: rel:1e-6
---

# Baseline drift

Between the first and the last audit baseline, {{ verdicts.warned }} of {{ verdicts.metrics }} metrics moved by more than 20 %.

\`\`\`sql name=ends title="First and last baseline"
SELECT min(recorded_at) AS first_at, max(recorded_at) AS last_at, count(*) AS baselines FROM baselines
\`\`\`

\`\`\`sql name=moved title="Every metric, first against last"
SELECT d.metric, d."before", d."after", d.change_ratio, d.verdict, d.reason
FROM drift((SELECT first_at FROM ends), (SELECT last_at FROM ends)) d ORDER BY d.metric
\`\`\`

\`\`\`sql name=verdicts title="Verdicts"
SELECT count(*) AS metrics, count(*) FILTER (verdict = 'warn') AS warned FROM moved
\`\`\`

\`\`\`sql name=series title="Each metric over time"
SELECT recorded_at, metric, value FROM baseline_metrics ORDER BY metric, recorded_at
\`\`\`

\`\`\`check name=baselines_there title="There are baselines to compare" expect="true"
SELECT count(*) >= 2 AS enough FROM baselines
\`\`\`

\`\`\`check name=every_metric_says title="Every metric has a verdict"
SELECT metric FROM moved WHERE verdict IS NULL
\`\`\`
`;

/** Three notebooks over the sample: all probes, sessions of both daemons, drift of the baselines. Their checks hold on the sample. */
export function notebooks(): SampleFile[] {
	return [markdownFile("notebooks/status.md", STATUS), markdownFile("notebooks/sessions.md", SESSIONS), markdownFile("notebooks/drift.md", DRIFT)];
}
