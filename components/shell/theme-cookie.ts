/** The reader's choice of theme. It lives in a cookie, so that the server's first answer already has it. */
export type Theme = "system" | "light" | "dark";

export const THEME_COOKIE = "casebook-theme";

export function isTheme(value: string | undefined): value is Theme {
	return value === "system" || value === "light" || value === "dark";
}
