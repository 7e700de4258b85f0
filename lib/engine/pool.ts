import type { DriverConnection } from "./driver";

/** A connection that runs one thing at a time, in the order of asking. */
export class Lane {
	readonly connection: DriverConnection;
	/** version of the path list that this connection has */
	pathsVersion = 0;
	/** the scratch catalog of a user's connection */
	readonly scratch: string | null;
	/** where its names are looked up: a user's own tables first, or sources alone */
	readonly searchPath: string;
	private tail: Promise<unknown> = Promise.resolve();
	/** how many are waiting or running */
	load = 0;

	constructor(connection: DriverConnection, scratch: string | null = null, ownNames = scratch !== null) {
		this.connection = connection;
		this.scratch = scratch;
		this.searchPath = ownNames ? `${scratch}.main,ws.main` : "ws.main";
	}

	/** Runs `task` when all before it have ended. */
	use<T>(task: () => Promise<T>): Promise<T> {
		this.load++;
		const run = this.tail.then(task, task);
		const ended = () => {
			this.load--;
		};
		this.tail = run.then(ended, ended);
		return run;
	}
}

/** The lane with the least to do. */
export function idlest(lanes: readonly Lane[]): Lane {
	return lanes.reduce((best, lane) => (lane.load < best.load ? lane : best));
}
