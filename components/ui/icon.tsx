import type { ReactNode } from "react";

/** 16 by 16, drawn with lines of 1.3 in the ink of the text around them. */
const SHAPES = {
	overview: <path d="M2.5 3.5h11M2.5 8h11M2.5 12.5h6" />,
	probes: (
		<>
			<path d="M3 4h4M3 8h4M3 12h4M9 4h4M9 8h4M9 12h4" />
			<path d="M8 2v12" strokeDasharray="1.5 1.8" />
		</>
	),
	sessions: (
		<>
			<path d="M12.5 5A5.2 5.2 0 1 0 13 8.6" />
			<path d="M13 2.2V5h-2.8" />
		</>
	),
	baselines: (
		<>
			<path d="M2 12.5 6 9l3 1.5 5-6.5" />
			<path d="M2 14h12" opacity=".5" />
		</>
	),
	bundles: <path d="M2.5 5.500 8 2.500l5.500 3v5L8 13.500l-5.500-3zM2.500 5.500 8 8.500l5.500-3M8 8.500v5" />,
	sql: <path d="M2.5 4.5 6 8l-3.5 3.5M8 12h5.5" />,
	notebooks: <path d="M4 2h8v12H4zM6.2 5.5h3.6M6.2 8h3.6M6.2 10.5h2" />,
	teams: (
		<>
			<circle cx="6" cy="6" r="2.2" />
			<path d="M2 13c.3-2.5 1.8-3.8 4-3.8s3.7 1.3 4 3.8M10.5 4.1a2 2 0 0 1 0 3.8M12 9.7c1.2.5 1.9 1.6 2 3.3" />
		</>
	),
	sources: <path d="M2 4.5h4l1.5 1.5H14v7H2z" />,
	"source-gone": <path d="M2 4.5h4l1.5 1.5H14v7H2z" strokeDasharray="2 1.8" />,
	search: (
		<>
			<circle cx="7" cy="7" r="4" />
			<path d="m10 10 3.5 3.5" />
		</>
	),
	link: <path d="M6.5 9.5 9.5 6.5M7.5 4.5 9 3a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.5 11.5 7 13a2.8 2.8 0 0 1-4-4l1.5-1.5" />,
	close: <path d="m4 4 8 8M12 4l-8 8" />,
	"chevron-down": <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
	"chevron-up": <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />,
	"chevron-right": <path d="m6.5 4.5 3.5 3.5-3.5 3.5" />,
	"chevron-left": <path d="M9.5 4.5 6 8l3.5 3.5" />,
	up: <path d="M8 13V3M4.5 6.5 8 3l3.5 3.5" />,
	down: <path d="M8 3v10M4.5 9.5 8 13l3.5-3.5" />,
	copy: <path d="M5.5 5.5h7v8h-7zM3.5 10.5v-8h7" />,
	play: <path d="M5 3.5v9l7-4.5z" />,
	stop: <rect x="4.5" y="4.5" width="7" height="7" />,
	check: <path d="m3.5 8.5 3 3 6-7" />,
	filter: <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />,
	chart: <path d="M2.5 2.5v11h11M5.5 11V8M8.5 11V5M11.5 11V7" />,
	grid: <path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6" />,
	export: <path d="M8 10V2.5M5 5l3-3 3 3M3 9.5V13h10V9.5" />,
	plus: <path d="M8 3.5v9M3.5 8h9" />,
	more: <path d="M4 8h.01M8 8h.01M12 8h.01" strokeWidth="2" />,
	delete: <path d="M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5" />,
	menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
	reload: (
		<>
			<path d="M12.5 5A5.2 5.2 0 1 0 13 8.6" />
			<path d="M13 2.2V5h-2.8" />
		</>
	),
	keys: <path d="M2 4.500h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5 9.300h6" />,
	sun: (
		<>
			<circle cx="8" cy="8" r="2.8" />
			<path d="M8 1.800v1.400M8 12.800v1.400M1.8 8h1.400M12.8 8h1.400M3.6 3.600l1 1M11.4 11.400l1 1M3.6 12.400l1-1M11.4 4.600l1-1" />
		</>
	),
	moon: <path d="M13 9.600A5.6 5.6 0 1 1 6.4 3a4.5 4.5 0 0 0 6.6 6.600z" />,
	system: (
		<>
			<circle cx="8" cy="8" r="5.5" />
			<path d="M8 2.500a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
		</>
	),
	info: (
		<>
			<circle cx="8" cy="8" r="5.5" />
			<path d="M8 7.500V11M8 5.200h.01" />
		</>
	),
	lock: <path d="M4 7.500h8V13H4zM5.5 7.500V5a2.5 2.5 0 0 1 5 0v2.5" />,
} satisfies { [name: string]: ReactNode };

export type IconName = keyof typeof SHAPES | "arrow";

/** An icon. It is decoration unless `label` names it; a button around it carries the name. `arrow` is the small one between reference and candidate. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
	const arrow = name === "arrow";
	const shape = arrow ? <path d="M1 5h9.5M7.5 2l3 3-3 3" /> : SHAPES[name];
	const className = arrow ? "ar" : "ic";
	const box = arrow ? "0 0 12 10" : "0 0 16 16";
	if (label === undefined) {
		return (
			<svg className={className} viewBox={box} aria-hidden="true">
				{shape}
			</svg>
		);
	}
	return (
		<svg className={className} viewBox={box} role="img" aria-label={label}>
			{shape}
		</svg>
	);
}
