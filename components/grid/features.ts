import { columnResizingFeature, columnSizingFeature, tableFeatures } from "@tanstack/react-table";

/** What the column model does. Rows stay columnar in the result: a million rows are no million row objects. */
export const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
