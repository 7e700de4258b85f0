import { Breakable as Parts } from "@/components/ui/breakable";

/** A name in a column that must not be narrower than the name's longest part. */
export function Breakable({ text }: { text: string }) {
	return (
		<span style={{ overflowWrap: "break-word" }}>
			<Parts text={text} />
		</span>
	);
}
