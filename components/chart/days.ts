/** Days of a bar chart. Pure; days are UTC, as `2026-04-22`. */

const DAY = 86_400_000;

export interface DayCounts {
	/** `2026-04-22`, UTC */
	day: string;
	/** how many of each word */
	counts: { readonly [word: string]: number };
}

/** One bar: `days` neighbouring days from `day` on. */
export interface Bar {
	day: string;
	days: number;
	counts: { readonly [word: string]: number };
	total: number;
}

function dayNumber(day: string): number {
	return Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY);
}

function dayOf(number: number): string {
	return new Date(number * DAY).toISOString().slice(0, 10);
}

/** First and last day over all series; null where there is none. */
export function spanOf(series: readonly { days: readonly DayCounts[] }[]): { first: string; last: string; length: number } | null {
	let first = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	for (const { days } of series) {
		for (const { day } of days) {
			const number = dayNumber(day);
			if (Number.isNaN(number)) continue;
			first = Math.min(first, number);
			last = Math.max(last, number);
		}
	}
	return first > last ? null : { first: dayOf(first), last: dayOf(last), length: last - first + 1 };
}

/** The bars of one series over a span, `size` days a bar. A day without a record is a bar of nothing, so that a gap is a gap. */
export function barsOf(days: readonly DayCounts[], span: { first: string; length: number }, size = 1): Bar[] {
	const first = dayNumber(span.first);
	const bars: { day: string; days: number; counts: { [word: string]: number }; total: number }[] = Array.from({ length: Math.ceil(span.length / size) }, (_, i) => ({
		day: dayOf(first + i * size),
		days: Math.min(size, span.length - i * size),
		counts: {},
		total: 0,
	}));
	for (const { day, counts } of days) {
		const bar = bars[Math.floor((dayNumber(day) - first) / size)];
		if (!bar) continue;
		for (const [word, count] of Object.entries(counts)) {
			bar.counts[word] = (bar.counts[word] ?? 0) + count;
			bar.total += count;
		}
	}
	return bars;
}

/** How many days one bar must hold so that bars are at least `least` px wide. */
export function barSize(days: number, width: number, least = 5): number {
	return Math.max(1, Math.ceil(days / Math.max(1, Math.floor(width / least))));
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** The months under the axis: `April 2026` first, then `May`, with the year again when it changes. */
export function monthsOf(bars: readonly Bar[]): { at: number; label: string }[] {
	const out: { at: number; label: string; year: string }[] = [];
	let last = "";
	bars.forEach((bar, i) => {
		const month = bar.day.slice(0, 7);
		if (month === last) return;
		last = month;
		const year = month.slice(0, 4);
		const name = MONTHS[Number(month.slice(5)) - 1] ?? month;
		out.push({ at: i, year, label: out.at(-1)?.year === year ? name : `${name} ${year}` });
	});
	return out.map(({ at, label }) => ({ at, label }));
}

/** `22` for the axis. */
export function dayLabel(day: string): string {
	return String(Number(day.slice(8, 10)));
}

/** `Apr 22` for a table or a name. */
export function dayName(bar: { day: string; days: number }): string {
	const name = `${(MONTHS[Number(bar.day.slice(5, 7)) - 1] ?? "").slice(0, 3)} ${dayLabel(bar.day)}`;
	return bar.days === 1 ? name : `${name} and ${bar.days - 1} days on`;
}
