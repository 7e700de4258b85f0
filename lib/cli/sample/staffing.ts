import type { Random } from "./random";

/** The invented staffing business whose requests the two daemons answer. */
export const CITIES = [
	["Toledo", "OH"], ["Louisville", "KY"], ["Fort Wayne", "IN"], ["Dayton", "OH"], ["Lansing", "MI"],
	["Rockford", "IL"], ["Evansville", "IN"], ["Akron", "OH"], ["Peoria", "IL"], ["Flint", "MI"],
] as const;

export const ROLES = [
	"Forklift Operator", "Welder", "CNC Machinist", "Order Picker", "Dock Loader", "Shipping Clerk",
	"Assembler", "Dental Assistant", "Line Cook", "Quality Inspector",
] as const;

const FIRST = ["Dana", "Marcus", "Ines", "Tobias", "Keisha", "Pavel", "Rosa", "Howard", "Lien", "Amara", "Colm", "Yusuf", "Greta", "Nadia", "Otis", "Priya"] as const;
const LAST = ["Whitfield", "Okafor", "Marsh", "Lindqvist", "Alvarez", "Petrenko", "Boone", "Castellano", "Nguyen", "Ferris", "Dunmore", "Haddad", "Vogel", "Sutter", "Bright", "Raman"] as const;

export interface Worker {
	candidate_id: string;
	name: string;
}

/** Somebody of the roster: the number decides the name, so an id means the same person in every file. */
export function worker(number: number): Worker {
	return { candidate_id: `W-${number}`, name: `${FIRST[(number * 7) % FIRST.length]!} ${LAST[(number * 3 + (number >> 4)) % LAST.length]!}` };
}

export interface Request {
	kind: "fill" | "email" | "playbook";
	city: string;
	state: string;
	role: string;
	count: number;
	contract: string;
	prompt: string;
}

const STARTS = ["Monday 06:00", "Tuesday 14:00", "tomorrow 05:30", "the night shift on Friday", "Wednesday 07:00", "the weekend crew"] as const;

/** One request of a coordinator. */
export function request(random: Random): Request {
	const kind = random.weighted({ fill: 60, email: 25, playbook: 15 });
	const [city, state] = random.pick(CITIES);
	const role = random.pick(ROLES);
	const count = random.int(1, 4);
	const contract = `C-${random.int(2100, 2899)}`;
	const start = random.pick(STARTS);
	const pay = (random.int(34, 62) / 2).toFixed(2);
	const people = count === 1 ? role : `${role}s`;
	const prompts = {
		fill: [
			`Fill ${count} ${people} in ${city}, ${state} for contract ${contract}, start ${start}. Pay up to $${pay} an hour. Answer with JSON: fills[] of candidate_id and name.`,
			`Contract ${contract} lost ${count} ${people} in ${city}, ${state}. Propose replacements who can be on site ${start}; nobody from the exclusion list.`,
			`Need ${count} ${people}, ${city} ${state}, ${start}. Certifications must be current. Return fills as JSON only.`,
		],
		email: [
			`Write an email to the client of contract ${contract} (${city}, ${state}): ${count} ${people} confirmed for ${start}. Short and friendly, no private data.`,
			`Text message to the ${people} of contract ${contract} in ${city}: shift moved to ${start}. At most 160 characters.`,
		],
		playbook: [
			`Record the playbook for contract ${contract}: which steps filled ${count} ${people} in ${city}, ${state}? Name the endorsed workers.`,
			`Last week's fill in ${city}, ${state} (${count} ${people}, ${contract}) went well. Turn it into a playbook entry.`,
		],
	};
	return { kind, city, state, role, count, contract, prompt: random.pick(prompts[kind]) };
}

/** What a model hands in when it does as it was told. */
export function artifact(random: Random, ask: Request): Record<string, unknown> {
	const people = Array.from({ length: ask.count }, () => worker(random.int(1001, 1940)));
	if (ask.kind === "fill") return { contract_id: ask.contract, city: ask.city, state: ask.state, role: ask.role, fills: people };
	if (ask.kind === "email") {
		return {
			to: `${ask.contract.toLowerCase()}@clients.example`,
			subject: `${ask.role} for ${ask.city}: ${ask.count} confirmed`,
			body: `Hello, we have ${ask.count} ${ask.role.toLowerCase()}${ask.count === 1 ? "" : "s"} confirmed for contract ${ask.contract} in ${ask.city}. ${people[0]!.name} leads the crew. Reply to this message if anything changes.`,
		};
	}
	return {
		operation: `fill: ${ask.role} x${ask.count} in ${ask.city}, ${ask.state}`,
		endorsed_names: people.map((person) => person.name),
		steps: ["search the roster by role and city", "drop the excluded", "call in order of last shift", "confirm in writing"],
		fingerprint: random.hex(16),
	};
}

/** What the validator objects to: the variant of the error and its text. */
export interface Objection {
	variant: "Schema" | "Completeness" | "Consistency" | "Policy";
	field?: string;
	reason: string;
}

export function objection(random: Random, ask: Request): Objection {
	const other = random.pick(CITIES.filter(([city]) => city !== ask.city))[0];
	const id = `W-${random.int(1001, 1940)}`;
	if (ask.kind === "fill") {
		return random.pick<Objection>([
			{ variant: "Consistency", reason: `city '${other}' doesn't match contract city '${ask.city}'` },
			{ variant: "Consistency", reason: `city '${other}' doesn't match contract city '${ask.city}'` },
			{ variant: "Consistency", reason: `candidate ${id.replace("W-", "W-9")} is not in the roster` },
			{ variant: "Completeness", reason: `${ask.count + 1} fills for a target of ${ask.count}` },
			{ variant: "Policy", reason: `candidate ${id} is on the exclusion list of ${ask.contract}` },
			{ variant: "Schema", field: "fills[0].candidate_id", reason: "missing" },
		]);
	}
	if (ask.kind === "email") {
		return random.pick<Objection>([
			{ variant: "Completeness", reason: "subject is empty" },
			{ variant: "Policy", reason: "body holds a number in the shape of an SSN" },
			{ variant: "Schema", field: "to", reason: "missing" },
			{ variant: "Policy", reason: "message has 184 characters, at most 160 are allowed" },
		]);
	}
	return random.pick<Objection>([
		{ variant: "Consistency", reason: `endorsed_names holds ${ask.count + 2} names for ${ask.count} fills` },
		{ variant: "Schema", field: "operation", reason: "must start with 'fill:'" },
	]);
}

const THOUGHTS: readonly ((ask: Request, random: Random) => string)[] = [
	(a) => `The contract is ${a.contract} and the site is in ${a.city}, ${a.state}, so only workers within driving distance make sense.`,
	(a) => `${a.count} ${a.count === 1 ? "position is" : "positions are"} open for the role of ${a.role}.`,
	(_, r) => { const p = worker(r.int(1001, 1940)); return `${p.name} (${p.candidate_id}) worked a similar shift ${r.int(2, 40)} days ago and was rated ${r.int(36, 50) / 10}.`; },
	(_, r) => { const p = worker(r.int(1001, 1940)); return `${p.candidate_id} has the certificate, but it expires in ${r.int(3, 29)} days, which is too close for this contract.`; },
	(a, r) => `Travel from ${r.pick(CITIES)[0]} to ${a.city} takes about ${r.int(35, 190)} minutes; the client asked for less than an hour.`,
	(_, r) => `The rate on file is $${(r.int(34, 62) / 2).toFixed(2)} an hour, inside the limit that was given.`,
	(a) => `I should not name anybody from the exclusion list of ${a.contract}.`,
	(_, r) => `Two of the ${r.int(5, 14)} candidates left no phone number, so they go to the end of the list.`,
	(a) => `The client in ${a.city} prefers people who know the site, all else being equal.`,
	(_, r) => `Overtime starts after ${r.pick([38, 40])} hours; nobody proposed here would cross that line this week.`,
	(_, r) => `Bench size for this role is ${r.int(4, 60)} in the region, ${r.int(1, 9)} of them already booked.`,
	(a) => `If one of them declines, the next ${a.role.toLowerCase()} by last shift date takes the place.`,
	() => "The answer has to be one JSON object and nothing that I add around it may change its meaning.",
	() => "Nothing in the request says that a second shift is needed, so I leave it out.",
	(_, r) => `Reliability over the last ${r.int(4, 12)} weeks counts more than distance here.`,
	(a) => `Safety training for a ${a.role.toLowerCase()} has to be renewed every year; I checked the dates that were given.`,
];

/** Sentences of a model thinking aloud, at least `length` characters of them. */
export function thinking(random: Random, ask: Request, length: number): string {
	const out: string[] = [];
	let order: (typeof THOUGHTS)[number][] = [];
	let total = 0;
	while (total < length) {
		if (order.length === 0) order = random.some(THOUGHTS, THOUGHTS.length);
		const sentence = order.pop()!(ask, random);
		out.push(sentence);
		total += sentence.length + 1;
	}
	return out.map((sentence, i) => (i % 5 === 4 ? `${sentence}\n\n` : `${sentence} `)).join("").trim();
}
