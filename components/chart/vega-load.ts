import type { TopLevelSpec } from "vega-lite";

/** A drawing in the page. */
export interface Drawing {
	/** sets a signal and draws again */
	set(signal: string, value: number): void;
	/** calls back with the mark under the pointer, by its `i`; null where there is none */
	onPointer(listener: (at: number | null) => void): void;
	/** the drawing as the text of an SVG file */
	svg(): Promise<string>;
	end(): void;
}

/** Everything comes with the specification. Nothing that it could name is fetched. */
const refuse = (uri: string): Promise<never> => Promise.reject(new Error(`A chart reads nothing from outside: ${uri} is not loaded.`));

/** Draws a specification into an element as SVG. The libraries are loaded with the first chart; expressions are interpreted, never evaluated as code. */
export async function draw(container: HTMLElement, spec: TopLevelSpec): Promise<Drawing> {
	const [vega, lite, { expressionInterpreter }] = await Promise.all([import("vega"), import("vega-lite"), import("vega-interpreter")]);
	const compiled = lite.compile(spec).spec;
	const view = new vega.View(vega.parse(compiled, undefined, { ast: true }), {
		renderer: "svg",
		container,
		expr: expressionInterpreter,
		loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
		hover: false,
		logLevel: vega.Error,
	});
	await view.runAsync();
	return {
		set(signal, value) {
			view.signal(signal, value);
			void view.runAsync();
		},
		onPointer(listener) {
			view.addEventListener("mousemove", (_, item) => {
				const datum: unknown = item?.datum;
				const at = typeof datum === "object" && datum !== null && "i" in datum ? datum.i : null;
				listener(typeof at === "number" ? at : null);
			});
			view.addEventListener("mouseout", () => listener(null));
		},
		svg: () => view.toSVG(),
		end: () => void view.finalize(),
	};
}
